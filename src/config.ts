import { z } from 'zod';
import { readSecretFile, secretNames } from './secrets.js';

const commaSeparated = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      // Azure writes object ids in either case.
      .map((s) => s.trim().toLowerCase())
      .filter(Boolean),
  );
const optionalText = z
  .string()
  .default('')
  .transform((text) => text || undefined);
/** An address where a file is asked for is a mistake, and the password in it would become the name of a file. */
const path = (usual: string) =>
  z
    .string()
    .default(usual)
    .refine((text) => !text.includes('://'), 'is the path of a file, not an address');
const optionalAddress = optionalText.transform((url) => url?.replace(/\/+$/, ''));

/** All environment variables; `.env.example` explains each. */
export const configSchema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
    HOST: optionalText.refine(
      (text) => !text || /^[\w.:%-]+$/.test(text),
      'is the name or the IP address of a host',
    ),
    ADMIN_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    PUBLIC_URL: optionalAddress,
    DATA_FILE: path('.data/passerelle.json'),
    DATABASE_URL: optionalText,
    DATABASE_URL_FILE: optionalText,
    DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
    MAX_CONNECTIONS: z.coerce.number().int().min(1).max(100_000).default(1_000),
    MAX_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(0).max(100_000).default(0),
    CONVENTION_FILE: path('convention.json'),
    SCHOOLS_FILE: path('data/schools.json'),
    MicrosoftAppId: optionalText,
    MicrosoftAppPassword: optionalText,
    MicrosoftAppPassword_FILE: optionalText,
    MicrosoftAppCertificate: optionalText,
    MicrosoftAppCertificate_FILE: optionalText,
    MicrosoftAppTenantId: optionalText,
    MicrosoftAppType: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
    ADMINS: commaSeparated,
    COORDINATORS: commaSeparated,
    OPENAI_API_KEY: optionalText,
    OPENAI_API_KEY_FILE: optionalText,
    OPENAI_MODEL: optionalText,
    OPENAI_BASE_URL: optionalAddress,
    AZURE_OPENAI_API_KEY: optionalText,
    AZURE_OPENAI_API_KEY_FILE: optionalText,
    AZURE_OPENAI_ENDPOINT: optionalAddress,
    AZURE_OPENAI_DEPLOYMENT: optionalText,
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    NODE_ENV: optionalText,
  })
  .superRefine((c, context) => {
    const addFault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (c.DATABASE_URL && !isDatabaseUrl(c.DATABASE_URL)) addFault('DATABASE_URL', databaseUrlForm);
    if (c.ADMIN_PORT && c.ADMIN_PORT === c.PORT)
      addFault('ADMIN_PORT', 'is another port than PORT; leave it empty to have everything on one');
    if (c.PUBLIC_URL && !isSafeUrl(c.PUBLIC_URL))
      addFault(
        'PUBLIC_URL',
        'starts with https:// and has no "?" or "#", as in https://passerelle.example.com',
      );
    for (const fault of findModelFaults(c)) addFault(...fault);
    if (!c.MicrosoftAppId) {
      if (c.NODE_ENV === 'production')
        addFault('MicrosoftAppId', 'is required in production: without it, anybody could speak to the bot');
      if (c.HOST && !loopbackHosts.has(c.HOST))
        addFault('HOST', 'is a loopback address without MicrosoftAppId: 127.0.0.1, ::1 or localhost');
      return;
    }
    if (!c.MicrosoftAppTenantId)
      addFault('MicrosoftAppTenantId', 'is required with MicrosoftAppId: one company, one tenant');
    for (const fault of findCredentialFaults(c)) addFault(...fault);
    if (c.ADMINS.length === 0)
      addFault('ADMINS', 'names nobody: nobody could choose the channels with "configurer"');
  });

const databaseUrlForm = 'is an address such as postgres://user:password@host:5432/passerelle';
function isDatabaseUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  // The driver ends the process without a word over a port that is none.
  const port = new URL(text).searchParams.get('port');
  return port === null || (/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535);
}

/** @throws Error that does not repeat it, if a text is no address of a PostgreSQL database */
export function requireDatabaseUrl(text: string): void {
  if (!isDatabaseUrl(text)) throw new Error(databaseUrlForm);
}

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost']);

/** An app has one credential: a secret, a certificate or a managed identity. */
function findCredentialFaults(c: {
  readonly MicrosoftAppType: string;
  readonly MicrosoftAppPassword?: string | undefined;
  readonly MicrosoftAppCertificate?: string | undefined;
}): (readonly [string, string])[] {
  const given = (['MicrosoftAppPassword', 'MicrosoftAppCertificate'] as const).filter((name) => c[name]);
  if (c.MicrosoftAppType === 'UserAssignedMSI')
    return given.map((name) => [
      name,
      'is for SingleTenant: a managed identity has neither secret nor certificate',
    ]);
  if (given.length === 2)
    return [
      ['MicrosoftAppCertificate', 'and MicrosoftAppPassword exclude each other: an app has one credential'],
    ];
  if (given.length === 1) return [];
  const missing = 'is required with MicrosoftAppId, or MicrosoftAppCertificate, or a managed identity';
  return [['MicrosoftAppPassword', missing]];
}

/** Whatever is missing for a language model, or one too many: each key needs what goes with it. */
function findModelFaults(
  c: {
    readonly [name in `${'' | 'AZURE_'}OPENAI_${string}`]?: string | undefined;
  },
): (readonly [string, string])[] {
  const faults: [string, string][] = [];
  const address = 'starts with https:// and has no "?" or "#"';
  for (const name of ['OPENAI_BASE_URL', 'AZURE_OPENAI_ENDPOINT'] as const)
    if (c[name] && !isSafeUrl(c[name])) faults.push([name, address]);
  if (c.OPENAI_API_KEY && !c.OPENAI_MODEL)
    faults.push(['OPENAI_MODEL', 'is required with OPENAI_API_KEY, as in gpt-4.1-mini']);
  if (c.AZURE_OPENAI_API_KEY && !c.AZURE_OPENAI_ENDPOINT)
    faults.push(['AZURE_OPENAI_ENDPOINT', 'is required with AZURE_OPENAI_API_KEY']);
  if (c.AZURE_OPENAI_API_KEY && !/^[\w.-]+$/.test(c.AZURE_OPENAI_DEPLOYMENT ?? ''))
    faults.push(['AZURE_OPENAI_DEPLOYMENT', 'is required with AZURE_OPENAI_API_KEY: letters, digits, . _ -']);
  if (c.AZURE_OPENAI_API_KEY && c.OPENAI_API_KEY)
    faults.push(['OPENAI_API_KEY', 'and AZURE_OPENAI_API_KEY exclude each other: one model is asked']);
  if (c.AZURE_OPENAI_API_KEY && c.OPENAI_BASE_URL)
    faults.push(['OPENAI_BASE_URL', 'is for OPENAI_API_KEY only; with Azure it is AZURE_OPENAI_ENDPOINT']);
  return faults;
}

/** Secrets are sent to it, so it is https, or this machine. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  if (search || hash || username || password || /[?#\s]/.test(text)) return false;
  const isHere = loopbackHosts.has(hostname.replace(/^\[|\]$/g, ''));
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

export type Config = z.infer<typeof configSchema>;

/**
 * Reads the configuration from environment variables, and from the files that they name.
 * @throws Error that lists every invalid variable, and repeats the value of none
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const faults: string[] = [];
  for (const name of secretNames) {
    const [key, file] = [`${name}_FILE`, given[`${name}_FILE`]];
    if (file === undefined) continue;
    if (given[name] !== undefined) faults.push(`${key}: and ${name} exclude each other`);
    else
      try {
        given[name] = readSecretFile(file);
      } catch (error) {
        faults.push(`${key}: ${(error as Error).message}`);
        // What is said of a secret that is missing would be said twice.
        given[name] = name === 'DATABASE_URL' ? 'postgres://unknown' : 'unknown';
      }
  }
  const parsed = configSchema.safeParse(given);
  if (parsed.success && faults.length === 0) return parsed.data;
  faults.push(...(parsed.error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`) ?? []));
  const list = faults.map((fault) => `  ${fault}`).join('\n');
  throw new Error(`The configuration has ${faults.length} fault(s), see .env.example:\n${list}`);
}
