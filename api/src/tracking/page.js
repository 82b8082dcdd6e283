// Asks how a dossier stands and shows the answer. Everything that comes is put in as text.
"use strict";

const part = (id) => document.getElementById(id);

const day = (instant) =>
  new Date(instant).toLocaleString("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "short",
  });

function show(found) {
  part("procedure").textContent = found.procedure;
  part("agency").textContent = found.agency;
  part("state").textContent = found.state_text;
  part("must").textContent = found.must_do_now || "";
  part("due").textContent = found.paused_since
    ? "Thời hạn giải quyết đang tạm dừng."
    : found.due_at
      ? "Hẹn trả kết quả: " + day(found.due_at)
      : "";
  part("steps").replaceChildren(
    ...found.steps.map((step) => {
      const line = document.createElement("li");
      line.textContent = day(step.at) + ": " + step.text;
      return line;
    }),
  );
  part("found").hidden = false;
}

part("lookup").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("found").hidden = true;
  part("problem").textContent = "";
  const asked = {
    code: part("code").value.trim(),
    secret: part("secret").value.trim(),
  };
  try {
    const answer = await fetch("/v1/tracking", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": "vi" },
      body: JSON.stringify(asked),
    });
    const told = await answer.json();
    if (answer.ok) {
      show(told);
    } else if (answer.status === 404) {
      part("problem").textContent = "Mã hồ sơ hoặc mã tra cứu không đúng.";
    } else {
      part("problem").textContent = told.detail;
    }
  } catch {
    part("problem").textContent = "Không kết nối được. Hãy thử lại.";
  }
});
