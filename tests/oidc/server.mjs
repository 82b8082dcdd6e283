// An identity provider of its own making: oidc-provider with one client, whoever the test names, and
// the faults the test asks for. Prints `{"issuer": …}` once it listens, ends with its standard input.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { Provider } from 'oidc-provider';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';

const redirectUri = process.argv.at(-1);
const people = new Map();
// What the next answers are to be like.
let faults = {};
// How often each document was asked for.
const asked = { discovery: 0, keys: 0, token: 0 };
let current;

// What was granted outlives the keys: they change under way, and so does the provider that holds them.
const granted = new Map();
class Shelf {
  constructor(kind) { this.kind = kind; }
  key(id) { return `${this.kind}:${id}`; }
  async upsert(id, payload) { granted.set(this.key(id), payload); }
  async find(id) { return granted.get(this.key(id)); }
  async findByUid(uid) { return [...granted.values()].find((one) => one.uid === uid && one.kind === this.kind); }
  async findByUserCode() { return undefined; }
  async consume(id) { granted.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { granted.delete(this.key(id)); }
  async revokeByGrantId(id) {
    for (const [key, one] of granted) if (one.grantId === id) granted.delete(key);
  }
}

async function newKeys() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: crypto.randomUUID() };
  return { privateKey, jwk };
}

function provider(issuer, jwk) {
  return new Provider(issuer, {
    adapter: Shelf,
    clients: [{
      client_id: 'motcua',
      client_secret: 'known-to-motcua',
      redirect_uris: [redirectUri],
      application_type: 'native',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    }],
    jwks: { keys: [jwk] },
    cookies: { keys: ['chance'] },
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 120, Interaction: 600, Grant: 600, Session: 600 },
    pkce: { required: () => true },
    scopes: ['openid', 'profile_vn'],
    claims: { profile_vn: ['SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'IAL'] },
    // The claims stand in the token itself where the test says so; else they are asked for.
    conformIdTokenClaims: !faults.claims_in_token,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
  });
}

// The browser-less walk: whoever is named signs in and agrees to everything, in one step.
async function interaction(request, response) {
  const details = await current.provider.interactionDetails(request, response);
  const login = faults.login ?? 'nobody';
  const grant = new current.provider.Grant({ accountId: login, clientId: details.params.client_id });
  grant.addOIDCScope(details.params.scope);
  const result = { login: { accountId: login }, consent: { grantId: await grant.save() } };
  await current.provider.interactionFinished(request, response, result);
}

// The answer of a token request with claims of another kind, signed anew by whoever the test wants.
async function altered(text) {
  const answer = JSON.parse(text);
  const claims = { ...decodeJwt(answer.id_token), ...faults.claims };
  for (const name of faults.without ?? []) delete claims[name];
  const key = faults.foreign_key ? foreign.privateKey : current.privateKey;
  const signing = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: current.jwk.kid, ...faults.header });
  answer.id_token = faults.unsigned
    ? `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
    : await signing.sign(key);
  return JSON.stringify(answer);
}

function capture(response) {
  const pieces = [];
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  response.write = (piece) => { pieces.push(Buffer.from(piece)); return true; };
  response.end = async (piece) => {
    if (piece) pieces.push(Buffer.from(piece));
    let text = Buffer.concat(pieces).toString();
    if (response.statusCode === 200) text = await altered(text);
    response.removeHeader('content-length');
    response.write = write;
    end(text);
  };
}

async function control(request, response) {
  const chunks = [];
  for await (const chunk of Readable.from(request)) chunks.push(chunk);
  const wish = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  for (const [id, claims] of Object.entries(wish.people ?? {})) people.set(id, claims);
  if (wish.faults) {
    faults = wish.faults;
    current = { ...current, provider: provider(issuer, current.jwk) };
  }
  if (wish.rotate) await rotate();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ asked, kid: current.jwk.kid }), () => { if (wish.exit) process.exit(0); });
}

async function rotate() {
  const keys = await newKeys();
  current = { ...keys, provider: provider(issuer, keys.jwk) };
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  try {
    if (url.pathname === '/control') return await control(request, response);
    if (url.pathname === '/.well-known/openid-configuration') asked.discovery += 1;
    if (url.pathname === '/jwks') asked.keys += 1;
    if (url.pathname === '/token') asked.token += 1;
    const fault = faults.paths?.[url.pathname];
    if (fault === 'silent') return;
    if (fault) {
      response.writeHead(fault.status ?? 200, { 'content-type': 'application/json', ...fault.headers });
      return response.end(fault.body ?? '');
    }
    if (url.pathname.startsWith('/interaction/')) return await interaction(request, response);
    if (url.pathname === '/token' && faults.alter) capture(response);
    return current.provider.callback()(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error?.stack ?? error));
  }
});

server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const foreign = await newKeys();
await rotate();
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
