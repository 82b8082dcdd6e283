// A small client on the generated types: it is never run, only checked. What must not type-check stands
// under `@ts-expect-error`, which is itself an error where there is none.
import type { components, operations } from "./schema";

type Dossier = components["schemas"]["DossierView"];
type Draft = components["schemas"]["DraftBody"];
type Patch = components["schemas"]["DraftPatch"];
type Check = components["schemas"]["DossierCheck"];
type Problem = components["schemas"]["Problem"];
type Page = operations["list_dossiers"]["responses"][200]["content"]["application/json"];

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }
}

class Phone {
  constructor(readonly base: string, readonly token: string) {}

  private async send<T>(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<T> {
    const answer = await fetch(this.base + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Refused((await answer.json()) as Problem);
    return (await answer.json()) as T;
  }

  list(): Promise<Page> {
    return this.send("GET", "/v1/dossiers", {});
  }

  create(id: string, draft: Draft): Promise<Dossier> {
    return this.send("PUT", `/v1/dossiers/${id}`, { "if-none-match": "*" }, draft);
  }

  // Answers the version that was seen; on a conflict says what to show of the other device's edit.
  async edit(seen: Dossier, patch: Patch): Promise<Dossier | Map<string, unknown>> {
    try {
      return await this.send("PATCH", `/v1/dossiers/${seen.id}`, { "if-match": `"v${seen.version}"` }, patch);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== "fields-changed") throw error;
      const fields = error.problem.errors ?? [];
      return new Map(fields.map((field) => [field.pointer, field.current_value] as const));
    }
  }

  check(seen: Dossier): Promise<Check> {
    return this.send("POST", `/v1/dossiers/${seen.id}/check`, {});
  }

  submit(seen: Dossier, key: string): Promise<Dossier> {
    const body: components["schemas"]["SubmitBody"] = { consent: true };
    return this.send("POST", `/v1/dossiers/${seen.id}/submit`, { "if-match": `"v${seen.version}"`, "idempotency-key": key }, body);
  }
}

export async function journey(phone: Phone, id: string): Promise<string> {
  const draft = await phone.create(id, {
    procedure_code: "2.000635",
    agency_id: "01980000-0000-7000-8000-000000030838",
    applicant: { full_name: "Nguyễn Thị Đào" },
    form: { copies: 3 },
    delivery: "electronic",
  });
  const edited = await phone.edit(draft, { delivery: "counter" });
  const dossier = edited instanceof Map ? draft : edited;
  const check = await phone.check(dossier);
  const total: number = check.total;
  if (!check.ready) return check.errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join("\n");
  const filed = await phone.submit(dossier, crypto.randomUUID());
  const { items } = await phone.list();
  // @ts-expect-error: a page has no total
  const all: number = (await phone.list()).total;
  // @ts-expect-error: there is no such state
  const closed: boolean = filed.state === "closed";
  // @ts-expect-error: an answer is not sent in the place of a draft
  await phone.create(id, check);
  return `${filed.code ?? ""} ${total} ${items.length}`;
}
