//! The figures as they are told: every share with its definition, period, cut-off and filters.

use chrono::NaiveDate;
use domain::{
    dossiers::Channel,
    ids::AgencyId,
    procedures::FieldCode,
    statistics::{Period, RateId},
    time::Time,
};
use persistence::statistics::Filter;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::use_cases::{GroupBy, Wanted};
use crate::{
    api_code::ApiCode,
    failure::{Failure, FieldError, Refusal},
};

/// Which figures are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SummaryQuery {
    /// The first day counted, in Viet Nam.
    pub from: NaiveDate,
    /// The day after the last one counted.
    pub to: NaiveDate,
    /// Only this agency, for those who see more than one.
    #[param(value_type = Option<uuid::Uuid>)]
    pub agency_id: Option<AgencyId>,
    /// Only this field.
    #[param(value_type = Option<String>, max_length = 10, pattern = "^[A-Z][0-9]{2}-[A-Z]{2,4}[0-9]{2}$", example = "G15-HT01")]
    pub field: Option<FieldCode>,
    /// Only this channel.
    pub channel: Option<Channel>,
    /// What happened after this instant is left out; now if absent. Between `from` and now.
    pub cut_off: Option<Time>,
    /// What the figures are told apart by.
    #[serde(default)]
    #[param(required = false)]
    pub group_by: GroupBy,
}

fn invalid(name: &str) -> Failure {
    Refusal::new(ApiCode::InvalidParameter)
        .at(FieldError::edge(name, ApiCode::InvalidParameter))
        .into()
}

impl SummaryQuery {
    /// What is wanted, with the filters to be told again.
    ///
    /// # Errors
    /// `invalid-parameter` for a period without a day, or a cut-off before it or to come.
    pub fn wanted(self, now: Time) -> Result<(Wanted, Scope), Failure> {
        let Self {
            from,
            to,
            agency_id,
            field,
            channel,
            cut_off,
            group_by,
        } = self;
        let period = Period::of_days(from, to).ok_or_else(|| invalid("to"))?;
        let cut_off = cut_off.unwrap_or(now);
        if cut_off < period.from() || cut_off > now {
            return Err(invalid("cut_off"));
        }
        let field = field.map(String::from);
        let filters = FiguresFilters {
            agency_id,
            field: field.clone(),
            channel,
        };
        let scope = Scope {
            period: PeriodView { from, to },
            cut_off,
            filters,
            group_by,
        };
        let filter = Filter {
            agency: agency_id,
            field,
            channel,
        };
        let wanted = Wanted {
            period,
            cut_off,
            filter,
            group_by,
        };
        Ok((wanted, scope))
    }
}

/// What was asked, told again with the figures.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The period.
    pub period: PeriodView,
    /// What happened later is left out.
    pub cut_off: Time,
    /// Which dossiers are counted.
    pub filters: FiguresFilters,
    /// What they are told apart by.
    pub group_by: GroupBy,
}

/// A period of whole days in Viet Nam, half open.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PeriodView {
    /// The first day counted.
    pub from: NaiveDate,
    /// The day after the last one counted.
    pub to: NaiveDate,
}

/// Which dossiers are counted; null where all are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FiguresFilters {
    /// The agency.
    pub agency_id: Option<AgencyId>,
    /// The field.
    #[schema(max_length = 10)]
    pub field: Option<String>,
    /// The channel.
    pub channel: Option<Channel>,
}

/// The figures of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodSummary {
    /// The period.
    pub period: PeriodView,
    /// What happened later is not known to the figures.
    pub cut_off: Time,
    /// Which dossiers are counted.
    pub filters: FiguresFilters,
    /// What the groups are told apart by.
    pub group_by: GroupBy,
    /// How many, as a whole.
    pub counts: CountsView,
    /// The shares, as a whole.
    #[schema(max_items = 20)]
    pub rates: Vec<RateView>,
    /// The groups that hold at least one dossier.
    #[schema(max_items = 1000)]
    pub groups: Vec<GroupSummary>,
}

/// The figures of one group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupSummary {
    /// The agency's id, the field's code or the channel.
    #[schema(max_length = 36)]
    pub key: String,
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// How many.
    pub counts: CountsView,
    /// The shares.
    #[schema(max_items = 20)]
    pub rates: Vec<RateView>,
}

/// One share.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateView {
    /// Which share, with the version of its definition.
    pub id: RateId,
    /// What is divided by what.
    #[schema(max_length = 500)]
    pub definition: String,
    /// The part.
    pub numerator: u64,
    /// The whole.
    pub denominator: u64,
    /// Their ratio, rounded to four decimals; null where the whole is 0.
    pub value: Option<f64>,
    /// The period.
    pub period: PeriodView,
    /// What happened later is not known to it.
    pub cut_off: Time,
    /// Which dossiers are counted.
    pub filters: FiguresFilters,
}

/// How many dossiers, by the definitions of the one-stop reports.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    /// To be dealt with: carried over and newly received (tổng nhận giải quyết).
    pub total: u64,
    /// Accepted before the period and not finished before it (tồn kỳ trước).
    pub carried_over: u64,
    /// Accepted in the period (tiếp nhận mới).
    pub newly_received: u64,
    /// Those of them filed online.
    pub new_online: u64,
    /// Those of them filed at the counter.
    pub new_direct: u64,
    /// Those of them filed by post.
    pub new_post: u64,
    /// Finished in the period (đã giải quyết).
    pub finished: u64,
    /// Those of them before the due date (trước hạn).
    pub finished_early: u64,
    /// Those of them on the due date or without one (đúng hạn).
    pub finished_on_time: u64,
    /// Those of them after the due date (quá hạn).
    pub finished_late: u64,
    /// Those of `finished_on_time` without a due date.
    pub finished_without_due_date: u64,
    /// Open at the end of the period (đang giải quyết).
    pub open: u64,
    /// Those of them not paused and not past due (trong hạn).
    pub open_within: u64,
    /// Those of them not paused and past due (quá hạn).
    pub open_overdue: u64,
    /// Those of `open_within` without a due date.
    pub open_without_due_date: u64,
    /// Those of the open that wait for papers (bổ sung).
    pub paused_for_supplement: u64,
    /// Those of the open that wait for money (nghĩa vụ tài chính).
    pub paused_for_payment: u64,
    /// Those of the open that are paused for another reason.
    pub paused_otherwise: u64,
    /// Refused in the period before acceptance; outside the total (không tiếp nhận).
    pub refused: u64,
    /// Supplement requests made in the period (lượt yêu cầu bổ sung).
    pub supplement_requests: u64,
    /// Those of them that were not the dossier's first.
    pub later_supplement_requests: u64,
    /// Filed online and first answered in the period (accepted, refused, or sent back for papers) within
    /// the desk's time for it.
    pub answered_on_time: u64,
    /// The same, later than that.
    pub answered_late: u64,
    /// Filed online, not answered yet at the end of the period, and past the time for it.
    pub unanswered_overdue: u64,
}
