//! Who appears in the demonstration. Every name is made up.

use domain::{
    actor::{Actor, Role, Roles},
    identities::AssuranceLevel,
    ids::{AgencyId, Id, PersonId},
    personal::Personal,
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    identities::{self, Evidence, Proof},
    people::{self, Person},
};
use uuid::Uuid;

use crate::{call::Call, failure::Failure};

/// The centre of Mỹ Thuận commune.
pub(super) const MY_THUAN: AgencyId = agency(0x0003_0838);

/// The centre of Bình Sơn commune.
pub(super) const BINH_SON: AgencyId = agency(0x0003_0823);

/// The centre of the province.
pub(super) const PROVINCE: AgencyId = agency(0x0000_0091);

/// The shipped catalogue numbers its agencies by their commune's code.
const fn agency(commune: u128) -> AgencyId {
    Id::from_uuid(Uuid::from_u128(
        (0x0198_0000_0000_7000_8000 << 48) | commune,
    ))
}

/// An officer of the demonstration.
pub(super) struct Part {
    pub(super) login: &'static str,
    pub(super) name: &'static str,
    pub(super) agency: AgencyId,
    pub(super) held: &'static [Role],
}

impl Part {
    /// The roles held.
    pub(super) fn roles(&self) -> Roles {
        Roles::of(self.held)
    }
}

/// A citizen of the demonstration.
pub(super) struct Citizen {
    pub(super) phone: &'static str,
    pub(super) name: &'static str,
    pub(super) number: &'static str,
}

/// The citizens.
pub(super) const CITIZENS: [Citizen; 2] = [
    Citizen {
        phone: "+84912000001",
        name: "Nguyễn Thị Đào",
        number: "089190001234",
    },
    Citizen {
        phone: "+84912000002",
        name: "Trần Văn Sen",
        number: "091085004321",
    },
];

/// What proved who the citizens of the demonstration are: nothing.
const PROVIDER: &str = "https://demonstration.invalid";

impl Citizen {
    /// Makes the account, as if it had been verified: some of the procedures shown ask for that.
    pub(super) fn register(&self, tx: &mut Tx, call: &Call) -> Result<PersonId, Failure> {
        let id: PersonId = call.id();
        let person = Person {
            id,
            phone: Some(Personal::new(self.phone.to_owned())),
            full_name: Personal::new(self.name.to_owned()),
            personal_number: Some(Personal::new(self.number.to_owned())),
            birth_date: None,
            address: None,
            assurance: AssuranceLevel::Verified,
            language: "vi".to_owned(),
            version: 1,
            created_at: call.now,
            updated_at: call.now,
        };
        people::insert(tx, &person)?;
        let proof = Proof {
            id: call.ids.uuid(call.now),
            person: id,
            evidence: Evidence::Provider(PROVIDER.to_owned()),
            at: call.now,
        };
        identities::append(tx, &proof)?;
        let event = NewEvent {
            id: call.id(),
            dossier: None,
            agency: None,
            person: Some(id),
            version: 1,
            kind: "person_registered",
            actor: &Actor::Citizen { person: id },
            at: call.now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::empty(),
        };
        events::append(tx, event)?;
        Ok(id)
    }
}

/// The officers.
pub(super) const OFFICERS: [Part; 20] = [
    Part {
        login: "mythuan.motcua",
        name: "Trần Thị Mai",
        agency: MY_THUAN,
        held: &[Role::Receiver, Role::Cashier, Role::Returner],
    },
    Part {
        login: "mythuan.thuly",
        name: "Lê Văn Hùng",
        agency: MY_THUAN,
        held: &[Role::Processor],
    },
    Part {
        login: "mythuan.lanhdao",
        name: "Nguyễn Quốc Bình",
        agency: MY_THUAN,
        held: &[Role::Approver],
    },
    Part {
        login: "mythuan.thongke",
        name: "Phạm Thị Lan",
        agency: MY_THUAN,
        held: &[Role::Statistician],
    },
    Part {
        login: "mythuan.quantri",
        name: "Đỗ Minh Tâm",
        agency: MY_THUAN,
        held: &[Role::AgencyAdministrator],
    },
    Part {
        login: "binhson.tiepnhan",
        name: "Võ Thị Sáu Em",
        agency: BINH_SON,
        held: &[Role::Receiver],
    },
    Part {
        login: "binhson.thuly",
        name: "Huỳnh Văn Được",
        agency: BINH_SON,
        held: &[Role::Processor],
    },
    Part {
        login: "binhson.lanhdao",
        name: "Danh Sa Rây",
        agency: BINH_SON,
        held: &[Role::Approver],
    },
    Part {
        login: "binhson.traketqua",
        name: "Ngô Thị Hạnh",
        agency: BINH_SON,
        held: &[Role::Returner],
    },
    Part {
        login: "binhson.thuquy",
        name: "Bùi Văn Lợi",
        agency: BINH_SON,
        held: &[Role::Cashier],
    },
    Part {
        login: "binhson.thongke",
        name: "Lâm Thị Ngọc",
        agency: BINH_SON,
        held: &[Role::Statistician],
    },
    Part {
        login: "binhson.quantri",
        name: "Thị Kim Hoa",
        agency: BINH_SON,
        held: &[Role::AgencyAdministrator],
    },
    Part {
        login: "tinh.tiepnhan",
        name: "Châu Thị Diễm",
        agency: PROVINCE,
        held: &[Role::Receiver],
    },
    Part {
        login: "tinh.thuly",
        name: "Trương Văn Khoa",
        agency: PROVINCE,
        held: &[Role::Processor],
    },
    Part {
        login: "tinh.lanhdao",
        name: "Phan Thanh Liêm",
        agency: PROVINCE,
        held: &[Role::Approver],
    },
    Part {
        login: "tinh.traketqua",
        name: "Dương Thị Yến",
        agency: PROVINCE,
        held: &[Role::Returner],
    },
    Part {
        login: "tinh.thuquy",
        name: "Hồ Văn Phúc",
        agency: PROVINCE,
        held: &[Role::Cashier],
    },
    Part {
        login: "tinh.thongke",
        name: "Tạ Thị Bích",
        agency: PROVINCE,
        held: &[Role::Statistician],
    },
    Part {
        login: "tinh.quantri",
        name: "Lý Minh Đức",
        agency: PROVINCE,
        held: &[Role::ProvinceAdministrator],
    },
    Part {
        login: "tinh.kiemtra",
        name: "Mai Xuân Thủy",
        agency: PROVINCE,
        held: &[Role::Auditor],
    },
];
