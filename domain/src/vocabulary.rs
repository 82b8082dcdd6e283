//! One way to spell a closed list of words: in code, on the wire, in tokens and in the database.

/// Declares an enum whose members each have one spelling, used everywhere unchanged.
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$doc:meta])* $member:ident = $spelling:literal,)* }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, utoipa::ToSchema,
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

        impl std::str::FromStr for $name {
            type Err = $crate::rejection::Code;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or($crate::rejection::Code::WrongFormat)
            }
        }
    };
}
