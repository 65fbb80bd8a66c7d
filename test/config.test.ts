import { readFileSync } from 'node:fs';
import { configSchema, readConfig } from '../src/config.js';

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
    for (const key of ['MicrosoftAppPassword', 'DATABASE_URL', 'OPENAI_API_KEY', 'AZURE_OPENAI_API_KEY'])
      expect(values[key] ?? '').toBe('');
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

  test('does not repeat a secret in its faults', () => {
    const keys = { OPENAI_API_KEY: 'hush-hush', AZURE_OPENAI_API_KEY: 'hush-hush' };
    const wrong = {
      ...deployed,
      ...keys,
      MicrosoftAppPassword: 'hush-hush',
      MicrosoftAppTenantId: '',
      PORT: 'x',
    };
    expect(() => readConfig(wrong)).toThrow(/^(?!.*hush-hush)/s);
  });
});
