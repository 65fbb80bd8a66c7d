import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, readConfig } from '../src/config.js';
import { secretNames } from '../src/secrets.js';

const deployed = {
  NODE_ENV: 'production',
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: 'tenant',
  ADMINS: 'ines, hugo',
};
const openAi = { OPENAI_API_KEY: 'key', OPENAI_MODEL: 'model' };
const azure = {
  AZURE_OPENAI_API_KEY: 'key',
  AZURE_OPENAI_ENDPOINT: 'https://ai.example',
  AZURE_OPENAI_DEPLOYMENT: 'our-model.1',
};
const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => /^ {2}(\w+): /.exec(line)?.[1] ?? line);
  }
};

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').trimEnd().split('\n');
  const pairs = lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split('=') as [string, string]);

  test('names exactly the keys that are read', () => {
    expect(pairs.map(([key]) => key).sort()).toEqual(Object.keys(configSchema.shape).sort());
  });

  test('has one line of comment before each key', () => {
    expect(lines).toHaveLength(2 * pairs.length);
    lines.forEach((line, i) => {
      expect(line).toMatch(i % 2 === 0 ? /^# \S.*\.$/ : /^\w+=/);
    });
  });

  test('is a configuration that starts, and what it shows is the default', () => {
    expect(readConfig(Object.fromEntries(pairs))).toEqual(readConfig({}));
  });

  test('holds no secret', () => {
    const values = Object.fromEntries(pairs);
    for (const key of secretNames) expect([key, values[key]]).toEqual([key, '']);
  });
});

describe('the configuration', () => {
  test('of a deployment is read, its lists cut at commas', () => {
    expect(readConfig({ ...deployed, PORT: '80', COORDINATORS: 'zoe,,louis ' })).toMatchObject({
      PORT: 80,
      MicrosoftAppType: 'SingleTenant',
      ADMINS: ['ines', 'hugo'],
      COORDINATORS: ['zoe', 'louis'],
      HOST: undefined,
    });
  });

  test('leaves out variables of others, and takes an empty one for none', () => {
    expect(readConfig({ PATH: '/bin', PORT: '', HOST: undefined })).toEqual(readConfig({}));
  });

  test.each([
    ['production without an app id', { NODE_ENV: 'production' }, ['MicrosoftAppId']],
    ['no app id on an address of the network', { HOST: '192.168.1.10' }, ['HOST']],
    ['no app id on all addresses', { HOST: '0.0.0.0' }, ['HOST']],
    ['no app id on all addresses, IPv6', { HOST: '::' }, ['HOST']],
    ['an app id without its tenant', { ...deployed, MicrosoftAppTenantId: '' }, ['MicrosoftAppTenantId']],
    ['an app id without its secret', { ...deployed, MicrosoftAppPassword: '' }, ['MicrosoftAppPassword']],
    [
      'a secret beside a managed identity',
      { ...deployed, MicrosoftAppType: 'UserAssignedMSI' },
      ['MicrosoftAppPassword'],
    ],
    [
      'a certificate beside a managed identity',
      {
        ...deployed,
        MicrosoftAppPassword: '',
        MicrosoftAppCertificate: 'pem',
        MicrosoftAppType: 'UserAssignedMSI',
      },
      ['MicrosoftAppCertificate'],
    ],
    [
      'a secret beside a certificate',
      { ...deployed, MicrosoftAppCertificate: 'pem' },
      ['MicrosoftAppCertificate'],
    ],
    ['a database by another protocol', { DATABASE_URL: 'mysql://host/name' }, ['DATABASE_URL']],
    [
      'an address of a database that is none',
      { DATABASE_URL: 'postgres://user:p#ss@host/x' },
      ['DATABASE_URL'],
    ],
    ['an app id without administrators', { ...deployed, ADMINS: ' , ' }, ['ADMINS']],
    ['a port that is none', { PORT: 'http' }, ['PORT']],
    ['a port too high', { PORT: '65536' }, ['PORT']],
    ['the port for administration on that of the bot', { PORT: '3978', ADMIN_PORT: '3978' }, ['ADMIN_PORT']],
    ['an unknown type of app', { MicrosoftAppType: 'MultiTenant' }, ['MicrosoftAppType']],
    ['a public address that is not https', { PUBLIC_URL: 'http://passerelle.example.com' }, ['PUBLIC_URL']],
    ['a public address with a question', { PUBLIC_URL: 'https://example.com/?a=b' }, ['PUBLIC_URL']],
    ['a public address with a password', { PUBLIC_URL: 'https://a:b@example.com' }, ['PUBLIC_URL']],
    ['a public address that is none', { PUBLIC_URL: 'passerelle.example.com' }, ['PUBLIC_URL']],
    ['a key of OpenAI without a model', { OPENAI_API_KEY: 'key' }, ['OPENAI_MODEL']],
    [
      'an address of OpenAI that is not https',
      { ...openAi, OPENAI_BASE_URL: 'http://ai.example' },
      ['OPENAI_BASE_URL'],
    ],
    [
      'a key of Azure alone',
      { AZURE_OPENAI_API_KEY: 'key' },
      ['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_DEPLOYMENT'],
    ],
    [
      'an address of Azure that is not https',
      { ...azure, AZURE_OPENAI_ENDPOINT: 'http://ai.example' },
      ['AZURE_OPENAI_ENDPOINT'],
    ],
    [
      'a deployment that is a path',
      { ...azure, AZURE_OPENAI_DEPLOYMENT: '../x' },
      ['AZURE_OPENAI_DEPLOYMENT'],
    ],
    ['two models', { ...openAi, ...azure }, ['OPENAI_API_KEY']],
    [
      'an address of OpenAI for Azure',
      { ...azure, OPENAI_BASE_URL: 'https://ai.example' },
      ['OPENAI_BASE_URL'],
    ],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
  ])('with %s is refused', (_, env, keys) => expect(faultsOf(env as Record<string, string>)).toEqual(keys));

  test.each(['127.0.0.1', '::1', 'localhost'])('without an app id may listen on %s', (HOST) =>
    expect(readConfig({ HOST }).HOST).toBe(HOST));

  test('with an app id may have a certificate instead of a secret', () => {
    const { MicrosoftAppPassword: _, ...app } = deployed;
    expect(faultsOf({ ...app, MicrosoftAppCertificate: 'pem' })).toEqual([]);
  });

  test('with an app id may listen anywhere; a managed identity needs no secret', () => {
    const { MicrosoftAppPassword: _, ...identity } = deployed;
    expect(faultsOf({ ...identity, HOST: '0.0.0.0', MicrosoftAppType: 'UserAssignedMSI' })).toEqual([]);
  });

  test.each([
    ['https://passerelle.example.com/', 'https://passerelle.example.com'],
    ['https://example.com/passerelle//', 'https://example.com/passerelle'],
    ['http://127.0.0.1:3978', 'http://127.0.0.1:3978'],
    ['http://[::1]:3978', 'http://[::1]:3978'],
  ])('has the public address %s', (PUBLIC_URL, read) =>
    expect(readConfig({ PUBLIC_URL }).PUBLIC_URL).toBe(read));

  test.each([openAi, azure])('may have a model: %j', (model) => expect(faultsOf(model)).toEqual([]));

  test('has all its faults told in one message', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
      /^The configuration has 2 fault\(s\), see \.env\.example:\n {2}PORT: .+\n {2}LOG_LEVEL: .+$/,
    );
    expect(faultsOf({ MicrosoftAppId: 'app' })).toEqual([
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
      'ADMINS',
    ]);
    expect(faultsOf({ NODE_ENV: 'production', HOST: '0.0.0.0' })).toEqual(['MicrosoftAppId', 'HOST']);
  });
});

test.each([
  ['DATA_FILE', 'postgres://user:password@host/db', 'is the path of a file'],
  ['CONVENTION_FILE', 'https://example.com/convention.json', 'is the path of a file'],
  ['SCHOOLS_FILE', 'file:///schools.json', 'is the path of a file'],
  ['HOST', 'https://example.com', 'is the name or the IP address of a host'],
  ['DATABASE_URL', 'postgres://user@host/db?port=x', 'is an address such as'],
  ['DATABASE_URL', 'postgres://user@host/db?port=65536', 'is an address such as'],
  ['DATABASE_URL', 'postgres://user@host/db?port=0', 'is an address such as'],
])('%s as %s is refused', (name, value, why) => {
  expect(() => readConfig({ ...deployed, [name]: value })).toThrow(`${name}: ${why}`);
});

test.each([
  ['DATA_FILE', '/data/passerelle.json'],
  ['HOST', '::1'],
  ['HOST', 'fe80::1%eth0'],
  ['HOST', 'bot_1.internal'],
  ['DATABASE_URL', 'postgres://user@host/db?port=65535'],
])('%s as %s is taken', (name, value) => {
  expect(readConfig({ ...deployed, [name]: value })).toMatchObject({ [name]: value });
});

describe('the faults of a configuration', () => {
  const all = Object.keys(configSchema.shape);
  const planted = [
    'hush-hush',
    'hush-hush://hush-hush',
    'https://hush-hush@example.com/?hush-hush',
    'postgres://hush-hush:hush#hush-hush@host:hush-hush/',
    '-----BEGIN PRIVATE KEY-----\nhush-hush\n',
    'hush-hush,hush-hush',
  ];
  const messageOf = (env: Record<string, string>): string => {
    try {
      readConfig(env);
      return '';
    } catch (error) {
      return `${(error as Error).message} ${JSON.stringify(error)} ${(error as Error).cause}`;
    }
  };

  test.each(all)('do not repeat what is given as %s', (name) => {
    for (const value of planted)
      for (const others of [{}, deployed, { ...openAi, ...azure }, { HOST: '0.0.0.0', PORT: 'x' }])
        expect(messageOf({ ...others, [name]: value })).not.toContain('hush');
  });

  test('do not repeat anything when everything is wrong at once', () => {
    for (const value of planted) {
      const message = messageOf(Object.fromEntries(all.map((name) => [name, value])));
      expect(message).toMatch(/^The configuration has \d\d fault/);
      expect(message).not.toContain('hush');
    }
  });
});

describe('a secret in a file', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-config-'));
    file = join(folder, 'secret');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const { MicrosoftAppPassword: _, ...app } = deployed;
  const inFile = (text: string): Record<string, string> => {
    writeFileSync(file, text);
    return { ...app, MicrosoftAppPassword_FILE: file };
  };

  test.each(['hush-hush', 'hush-hush\n', 'hush-hush\r\n\n'])('is %j without its line ends', (text) => {
    expect(readConfig(inFile(text))).toMatchObject({
      MicrosoftAppPassword: 'hush-hush',
      MicrosoftAppPassword_FILE: file,
    });
  });

  test('may begin and end with spaces', () => {
    expect(readConfig(inFile(' hush hush \n')).MicrosoftAppPassword).toBe(' hush hush ');
  });

  test.each(secretNames)('may be %s', (name) => {
    writeFileSync(file, name === 'DATABASE_URL' ? 'postgres://host/name' : 'hush-hush');
    const needed = { OPENAI_API_KEY: openAi, AZURE_OPENAI_API_KEY: azure }[name as string] ?? {};
    const env: Record<string, string> = { ...needed, [name]: '', [`${name}_FILE`]: file };
    expect(readConfig(env)[name]).toBe(readFileSync(file, 'utf8'));
  });

  test('is not given twice', () => {
    expect(() => readConfig({ ...inFile('hush-hush'), MicrosoftAppPassword: 'hush-hush-2' })).toThrow(
      /1 fault.*\n {2}MicrosoftAppPassword_FILE: and MicrosoftAppPassword exclude each other$/,
    );
  });

  test.each([
    ['is not there', () => join(folder, 'nowhere'), /_FILE: names a file that cannot be read \(ENOENT\)$/],
    ['is a folder', () => folder, /cannot be read \(EISDIR\)$/],
    ['is empty', () => inFile('\n').MicrosoftAppPassword_FILE ?? '', /names an empty file$/],
    ['is no absolute path', () => 'hush-hush', /MicrosoftAppPassword_FILE: is the absolute path of a file$/],
  ])('that %s is one fault, which names the setting', (_what, path, message) => {
    const start = () => readConfig({ ...app, MicrosoftAppPassword_FILE: path() });
    expect(start).toThrow(message);
    expect(start).toThrow(/ 1 fault.*\n {2}MicrosoftAppPassword_FILE: (?!.*hush)/);
  });

  test('is checked as if it were given itself, and not repeated', () => {
    writeFileSync(file, 'mysql://hush-hush');
    const start = () => readConfig({ DATABASE_URL_FILE: file });
    expect(start).toThrow(/ 1 fault.*\n {2}DATABASE_URL: (?!.*hush)/);
  });
});
