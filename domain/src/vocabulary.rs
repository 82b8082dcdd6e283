//! One way to spell a closed list of words: in code, on the wire, in tokens and in the database.

/// Declares an enum whose members each have one spelling, used everywhere unchanged.
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[doc = $about:literal])*
        $name:ident { $($(#[$doc:meta])* $member:ident = $spelling:literal,)* }
    ) => {
        $(#[doc = $about])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $spelling)] $member,)*
        }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];

            /// The spelling on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $spelling,)* }
            }

            /// The member of that spelling.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(Self::ALL.iter().map(|member| member.as_str())))
                    .description(Some(concat!($($about, "\n"),*).trim()))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::rejection::Code;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or($crate::rejection::Code::WrongFormat)
            }
        }
    };
}
