import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import type { AppCredentials } from 'botframework-connector';
import { createSecrets } from '../../src/secrets.js';
import { createAuthentication } from '../../src/teams/authentication.js';
import { createConnectors } from '../../src/teams/connectors.js';
import { readCertificate } from '../../src/teams/credentials.js';
import { createMessenger } from '../../src/teams/messenger.js';
import { makeCertificate } from '../support/certificate.js';
import { startConnector } from '../support/connector.js';
import { startIdentityEndpoint, startTokenEndpoint, type TokenEndpoint } from '../support/token-endpoint.js';

// The managed identity is asked for by a process of its own.
jest.setTimeout(60_000);

const tenant = '99999999-8888-7777-6666-555555555555';
/** The framework keeps tokens by app id: each test has an app of its own. */
let apps = 0;
let appId: string;
let folder: string;
let file: string;
let endpoint: TokenEndpoint;
let faults: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-secrets-'));
  file = join(folder, 'secret');
});
beforeEach(async () => {
  appId = `11111111-2222-3333-4444-${String(++apps).padStart(12, '0')}`;
  faults = [];
  endpoint = await startTokenEndpoint();
});
afterEach(() => endpoint.close());
afterAll(() => rmSync(folder, { recursive: true }));

const none = {
  DATABASE_URL: undefined,
  DATABASE_URL_FILE: undefined,
  MicrosoftAppPassword: undefined,
  MicrosoftAppPassword_FILE: undefined,
  MicrosoftAppCertificate: undefined,
  MicrosoftAppCertificate_FILE: undefined,
  OPENAI_API_KEY: undefined,
  OPENAI_API_KEY_FILE: undefined,
  AZURE_OPENAI_API_KEY: undefined,
  AZURE_OPENAI_API_KEY_FILE: undefined,
};
/** The way of `src/app.ts`, from settings to the credentials of a connector. */
const authenticationFrom = (settings: Partial<Record<keyof typeof none, string>>) => {
  const secretOf = createSecrets({ ...none, ...settings }, (reason) => faults.push(reason));
  return createAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenant,
    MicrosoftAppType: 'SingleTenant',
    password: secretOf('MicrosoftAppPassword'),
    certificate: secretOf('MicrosoftAppCertificate', readCertificate),
  });
};
const connectorsFrom = (settings: Parameters<typeof authenticationFrom>[0]) =>
  createConnectors({ auth: authenticationFrom(settings).outgoing, appId, connections: 'own' });
const credentialsFrom = async (settings: Parameters<typeof authenticationFrom>[0]) => {
  const { credentials } = await connectorsFrom(settings)('https://smba.example/');
  return credentials as AppCredentials;
};
const passwordFile = (secret: string) => {
  writeFileSync(file, `${secret}\n`);
  return { MicrosoftAppPassword: secret, MicrosoftAppPassword_FILE: file };
};
const certificateFile = (pem: string) => {
  writeFileSync(file, pem);
  return { MicrosoftAppCertificate: pem, MicrosoftAppCertificate_FILE: file };
};

describe('a client secret', () => {
  test('is what a token is asked for with, of the tenant of the company', async () => {
    endpoint.accept({ secrets: ['first-secret'] });
    const credentials = await credentialsFrom({ MicrosoftAppPassword: 'first-secret' });
    expect(await credentials.getToken()).toBe('token-1');
    expect(await credentials.getToken()).toBe('token-1');
    expect(endpoint.asked).toHaveLength(1);
    expect(endpoint.asked[0]?.path).toContain(`/${tenant}/oauth2/v2.0/token`);
    expect(Object.fromEntries(endpoint.asked[0]?.form ?? [])).toMatchObject({
      client_id: appId,
      client_secret: 'first-secret',
      grant_type: 'client_credentials',
      scope: expect.stringContaining('https://api.botframework.com/.default'),
    });
  });

  test('that was exchanged in its file is used for the next token', async () => {
    endpoint.accept({ secrets: ['first-secret'] });
    const credentials = await credentialsFrom(passwordFile('first-secret'));
    await credentials.getToken();

    endpoint.accept({ secrets: ['second-secret'] });
    await expect(credentials.getToken(true)).rejects.toThrow(/AADSTS7000215/);
    passwordFile('second-secret');
    expect(await credentials.getToken(true)).toBe('token-3');
    expect(endpoint.asked.map(({ form, status }) => [form.get('client_secret'), status])).toEqual([
      ['first-secret', 200],
      ['first-secret', 401],
      ['second-secret', 200],
    ]);
    expect(faults).toEqual([]);
  });

  test('whose file is away for the moment stays as it was, which is told once', async () => {
    endpoint.accept({ secrets: ['first-secret'] });
    const credentials = await credentialsFrom(passwordFile('first-secret'));
    rmSync(file);
    await credentials.getToken(true);
    expect(await credentials.getToken(true)).toBe('token-2');
    expect(faults).toEqual(['MicrosoftAppPassword_FILE: names a file that cannot be read (ENOENT)']);
  });

  test('is in nothing that is logged: neither what was refused nor the credentials', async () => {
    const logged: unknown[] = [];
    const teams = await startConnector();
    const messenger = createMessenger({
      connectorFor: connectorsFrom({ MicrosoftAppPassword: 'planted-secret' }),
      log: { error: (...said) => logged.push(said) },
    });
    const conversation = {
      id: 'a:chat-1',
      kind: 'personal' as const,
      serviceUrl: teams.url,
      tenantId: tenant,
      botId: '28:bot',
      active: true,
    };
    const sent = await messenger.post(conversation, {
      content: { type: 'AdaptiveCard' },
      summary: 'Bonjour',
    });
    await teams.close();
    expect(sent).toMatchObject({ outcome: 'retry', reason: expect.stringContaining('AADSTS7000215') });
    expect(logged).toEqual([[expect.anything(), expect.stringMatching(/^no token for Teams/)]]);
    const credentials = await credentialsFrom({ MicrosoftAppPassword: 'planted-secret' });
    await credentials.getToken().catch(() => undefined);
    const shown =
      inspect([logged, sent, credentials], { depth: 9 }) + JSON.stringify([logged, sent, credentials]);
    expect(shown).not.toContain('planted-secret');
  });
});

describe('a certificate', () => {
  test('signs what a token is asked for with', async () => {
    const certificate = makeCertificate('passerelle');
    endpoint.accept({ certificates: [certificate] });
    const credentials = await credentialsFrom({ MicrosoftAppCertificate: certificate.pem });
    expect(await credentials.getToken()).toBe('token-1');
    expect(endpoint.asked[0]?.form.get('client_secret')).toBeNull();
  });

  test('that was exchanged in its file is used for the next token', async () => {
    const [first, second] = [makeCertificate('first'), makeCertificate('second')];
    endpoint.accept({ certificates: [first] });
    const credentials = await credentialsFrom(certificateFile(first.pem));
    await credentials.getToken();
    endpoint.accept({ certificates: [second] });
    await expect(credentials.getToken(true)).rejects.toThrow(/AADSTS/);
    certificateFile(second.pem);
    expect(await credentials.getToken(true)).toBe('token-3');
  });

  test('whose file is half written stays as it was', async () => {
    const [first, second] = [makeCertificate('first'), makeCertificate('second')];
    endpoint.accept({ certificates: [first] });
    const credentials = await credentialsFrom(certificateFile(first.pem));
    writeFileSync(file, second.certificate);
    expect(await credentials.getToken()).toBe('token-1');
    expect(faults).toEqual([expect.stringMatching(/^MicrosoftAppCertificate_FILE: .*BEGIN PRIVATE KEY/)]);
  });

  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const [one, other] = [makeCertificate('one'), makeCertificate('other')];
  test.each([
    ['nothing of a certificate', 'planted', 'has no "BEGIN CERTIFICATE"'],
    ['a certificate alone', one.certificate, 'has no "BEGIN PRIVATE KEY"'],
    ['a key of another kind', one.certificate + elliptic, 'a key that is not RSA'],
    ['the key of another', one.certificate + other.key, 'the key of another certificate'],
    ['a key that is none', one.certificate + one.key.replace(/\n.{9}/, '\nplanted!!'), 'cannot be read'],
  ])('is refused at the start with %s, without repeating it', (_, pem, why) => {
    const start = () => authenticationFrom({ MicrosoftAppCertificate: pem });
    expect(start).toThrow(why);
    expect(start).toThrow(/^MicrosoftAppCertificate (?!.*planted)/);
  });
});

describe('a managed identity', () => {
  test('gets its token from the host, and no secret is needed', async () => {
    const identity = await startIdentityEndpoint();
    const args = ['--import', 'tsx', 'test/support/print-token.ts', appId];
    const env = { PATH: process.env.PATH, ...identity.env };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env }).finally(identity.close);
    expect(stdout).toBe('token-of-the-identity');
    expect(
      identity.asked.map(({ query, header }) => [query.get('client_id'), query.get('resource'), header]),
    ).toEqual([[appId, 'https://api.botframework.com', identity.env.IDENTITY_HEADER]]);
  });
});
