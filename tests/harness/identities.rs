//! Citizens whose identity a desk has verified, for procedures that ask for it.

use domain::actor::Role;
use domain::people::PersonalNumber;
use serde_json::json;

use crate::accounts::MY_THUAN;
use crate::client::Client;
use crate::server::TestServer;

impl TestServer {
    /// A receiver of Mỹ Thuận sees the citizen with an identity card of this number.
    pub async fn verify(&self, citizen: &Client, number: &str) {
        let known = PersonalNumber::parse(number).expect("a personal number");
        let me = citizen.get("/v1/me").send().await.expect(200).json();
        let receiver = self.officer(&[Role::Receiver], MY_THUAN).await;
        let seen = json!({
            "person_id": me["person_id"], "full_name": "Nguyễn Thị Đào", "personal_number": number,
            "birth_date": format!("{}-05-19", known.birth_year()), "sex": known.sex(),
            "document": "identity_card", "document_last_digits": &number[8..]
        });
        let request = receiver.post("/v1/office/identities").json(&seen);
        request.send().await.expect(200);
    }

    /// A citizen who has signed in with a one-time code and is verified to have the number.
    pub async fn verified_citizen(&self, phone: &str, number: &str) -> Client {
        let citizen = self.citizen(phone).await;
        self.verify(&citizen, number).await;
        citizen
    }
}
