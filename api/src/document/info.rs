//! The head of the document: what this is, for whom, under which licence.

use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder,
    Server,
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    tag::TagBuilder,
};

/// The name of the security scheme every protected operation names.
pub(super) const ACCESS_TOKEN: &str = "access_token";

const DESCRIPTION: &str = "\
Một Cửa: tiếp nhận, giải quyết và trả kết quả thủ tục hành chính cho người dân; mọi lỗi theo \
RFC 9457, câu thông báo bằng tiếng Việt (hoặc tiếng Anh theo `Accept-Language`).

Motcua: the one-stop desk for administrative procedures, from a draft on a phone to a result \
handed over. Every error is a problem document (RFC 9457) with a stable `code`; sentences are in \
Vietnamese, or in English when `Accept-Language` prefers it. Lists are `{items, next_page_token}`; \
changes carry `If-Match`; submissions and payments carry `Idempotency-Key`.";

/// The tags, in the order a reader thinks.
const TAGS: &[(&str, &str)] = &[
    (
        "Sessions",
        "Đăng nhập · Signing in: one-time codes for citizens, passwords for officers.",
    ),
    ("People", "Tài khoản công dân · The citizen's own account."),
    (
        "Privacy",
        "Quyền của chủ thể dữ liệu · What the law gives people about their own data, and how it is handled.",
    ),
    (
        "Notices",
        "Thông báo · What citizens are told, on which devices and by which ways.",
    ),
    (
        "Procedures",
        "Thủ tục hành chính · What can be asked for, where, with which papers, how long and for how much.",
    ),
    (
        "Agencies",
        "Cơ quan · The one-stop centres, and the board of what each offers.",
    ),
    (
        "Dossiers",
        "Hồ sơ của công dân · The citizen's dossiers, from draft to result.",
    ),
    (
        "Sync",
        "Đồng bộ · What an app starts with, and what has changed since it last asked.",
    ),
    (
        "Consents",
        "Sự đồng ý xử lý dữ liệu · The texts that are agreed to, and what was agreed to.",
    ),
    (
        "Mandates",
        "Uỷ quyền, người đại diện · Who acts for a child, a relative, an organisation.",
    ),
    (
        "Papers",
        "Giấy tờ, tệp · Papers of dossiers and the files behind them.",
    ),
    (
        "Supplements",
        "Yêu cầu bổ sung · Supplement requests and their answers.",
    ),
    ("Payments", "Phí, lệ phí · What is owed and what was paid."),
    ("Results", "Kết quả · Result documents."),
    (
        "Tracking",
        "Tra cứu công khai · Public tracking with the code and the secret of the receipt.",
    ),
    (
        "Office",
        "Nghiệp vụ của cán bộ · What officers do with dossiers.",
    ),
    (
        "Statistics",
        "Số liệu · Figures with their numerators and denominators.",
    ),
    (
        "Administration",
        "Quản trị · What administrators see and mend.",
    ),
    (
        "Health",
        "Trạng thái máy chủ · Whether the server lives and can serve, and its keys and document.",
    ),
];

/// The document before any path is added.
pub(super) fn frame() -> OpenApi {
    let tags = TAGS.iter().map(|(name, text)| {
        TagBuilder::new()
            .name(*name)
            .description(Some(*text))
            .build()
    });
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some(
            "An access token from `/v1/auth`, signed with EdDSA and made and checked by the best current practice of RFC8725; see `/.well-known/jwks.json`.",
        ))
        .build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Một Cửa")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(DESCRIPTION))
                .license(Some(
                    LicenseBuilder::new()
                        .name("MIT OR Apache-2.0")
                        .identifier(Some("MIT OR Apache-2.0"))
                        .build(),
                ))
                .contact(Some(
                    ContactBuilder::new()
                        .name(Some("Motcua maintainers"))
                        .url(Some("https://example.org/motcua"))
                        .build(),
                ))
                .build(),
        )
        .servers(Some([Server::new("/")]))
        .tags(Some(tags.collect::<Vec<_>>()))
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme(ACCESS_TOKEN, SecurityScheme::Http(bearer))
                .schema_from::<crate::problem::Problem>()
                .schema_from::<crate::problem::ProblemField>()
                .build(),
        ))
        .build()
}
