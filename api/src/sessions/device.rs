//! The device a session is on, as the app describes it.

use domain::{
    personal::Personal,
    rejection::{Code, Fault},
    text::has_hidden_characters,
};

/// The longest label, in characters.
const LONGEST_LABEL: usize = 60;
/// The shortest and the longest name an app gives a device, in bytes.
const ID_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;

/// What the app says of its device. All of it may be left out.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// A name made by the app from chance and kept in the device's own store: who does not know it is
    /// another device.
    pub id: Option<Personal<String>>,
    /// What the device is called to its owner.
    pub label: Option<Personal<String>>,
}

impl Device {
    /// The device, with the faults of its parts added to the others.
    pub fn read(
        id: Option<Personal<String>>,
        label: Option<Personal<String>>,
        faults: &mut Vec<Fault>,
    ) -> Self {
        if let Some(id) = &id {
            let id = id.reveal();
            let fits = ID_LENGTH.contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
            if !fits {
                faults.push(Fault::new("/device_id", Code::WrongFormat));
            }
        }
        if let Some(label) = &label {
            let label = label.reveal();
            let fault = if label.trim().is_empty() {
                Some(Code::Required)
            } else if label.chars().count() > LONGEST_LABEL {
                Some(Code::TooLong)
            } else if has_hidden_characters(label) {
                Some(Code::HiddenCharacters)
            } else {
                None
            };
            faults.extend(fault.map(|code| Fault::new("/device_label", code)));
        }
        Self { id, label }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_own_fault() {
        let long = "x".repeat(61);
        for (id, label, expected) in [
            (None, None, &[][..]),
            (Some("0123456789abcdef"), Some("Điện thoại của Đào"), &[]),
            (Some("short"), None, &["/device_id"]),
            (
                Some("0123456789 abcdef"),
                Some(" "),
                &["/device_id", "/device_label"],
            ),
            (None, Some("a\u{202e}b"), &["/device_label"]),
            (None, Some(long.as_str()), &["/device_label"]),
        ] {
            let mut faults = Vec::new();
            let personal = |text: &str| Personal::new(text.to_owned());
            Device::read(id.map(personal), label.map(personal), &mut faults);
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, expected, "{id:?} {label:?}");
        }
    }
}
