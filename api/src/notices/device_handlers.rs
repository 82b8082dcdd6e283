//! Devices that notices are pushed to.

use actix_web::{delete, put, web};
use persistence::notices::devices::PushDevice;

use super::{
    devices,
    wire::{DeviceBody, DevicePath},
};
use crate::{
    app::App,
    extract::{Citizen, Json, Path, SignedIn},
    failure::Failure,
    reply::Done,
};

/// Have notices pushed to a device.
///
/// Sent at each start of the app, and whenever the provider gives the device another token; the same again
/// changes nothing. The registration ends with the session. What is pushed is the id and the kind of a
/// notice, nothing else.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(DevicePath),
    responses((status = 204, description = "It is registered.")),
)]
#[put("/{push_device_id}")]
pub(crate) async fn register_device(
    app: web::Data<App>,
    citizen: Citizen,
    caller: SignedIn,
    path: Path<DevicePath>,
    Json { body, digest: _ }: Json<DeviceBody>,
) -> Result<Done, Failure> {
    devices::checked(&body.push_token)?;
    let call = app.call(citizen.actor());
    let device = PushDevice {
        person: citizen.person,
        id: path.0.push_device_id,
        session: caller.session,
        platform: body.platform,
        digest: app.push_tokens.digest(&body.push_token),
        token: body.push_token,
        registered_at: call.now,
    };
    let register = move |tx: &mut _| devices::register_device(tx, &call, &device);
    app.store.write(register).await?;
    Ok(Done)
}

/// Have no more notices pushed to a device.
///
/// One that signs out, or whose app was removed, is forgotten by itself.
#[utoipa::path(
    tag = "Notices",
    security(("access_token" = [])),
    params(DevicePath),
    responses((status = 204, description = "It is not registered any more.")),
)]
#[delete("/{push_device_id}")]
pub(crate) async fn remove_device(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<DevicePath>,
) -> Result<Done, Failure> {
    let (call, own) = (
        app.call(citizen.actor()),
        (citizen.person, path.0.push_device_id),
    );
    let remove = move |tx: &mut _| devices::remove_device(tx, &call, own);
    app.store.write(remove).await?;
    Ok(Done)
}
