import { z } from 'zod';

/** What the manifest leaves open, as `${{NAME}}`, because it differs from one company to the next. */
export type Values = Readonly<Record<string, string>>;

type Env = Readonly<Record<string, string | undefined>>;

const guid = z.guid('is not an id such as 00000000-0000-0000-0000-000000000000');
const link = z.url({ protocol: /^https$/, error: 'is not an https:// address' });

interface Open {
  readonly placeholder: string;
  readonly variable: string;
  readonly what: string;
  readonly type: z.ZodType<string>;
  /** What stands in for a value that is not set. */
  readonly byDefault?: (env: Env) => string | undefined;
  /** Stands in for a value that is missing, so that the rest of the package can be checked all the same. */
  readonly sample: string;
}

const open: readonly Open[] = [
  {
    placeholder: 'TEAMS_APP_ID',
    variable: 'TEAMS_APP_ID',
    what: 'the id of the app in Teams; choose a new one once (for instance with uuidgen) and keep it for updates',
    type: guid,
    sample: '00000000-0000-4000-8000-000000000001',
  },
  {
    placeholder: 'BOT_ID',
    variable: 'MicrosoftAppId',
    what: 'the application (client) id of the app registration, the same as the bot runs with',
    type: guid,
    sample: '00000000-0000-4000-8000-000000000002',
  },
  {
    placeholder: 'SITE_URL',
    variable: 'SITE_URL',
    what: 'the page where people find help with the app',
    type: link,
    sample: 'https://passerelle.example',
  },
  {
    placeholder: 'PRIVACY_URL',
    variable: 'PRIVACY_URL',
    what: 'the page that says which personal data the app keeps; without it PUBLIC_URL/privacy, which the bot serves',
    type: link,
    byDefault: ({ PUBLIC_URL }) => PUBLIC_URL && `${PUBLIC_URL.trim().replace(/\/$/, '')}/privacy`,
    sample: 'https://passerelle.example/privacy',
  },
  {
    placeholder: 'TERMS_URL',
    variable: 'TERMS_URL',
    what: 'the page with the terms of use',
    type: link,
    sample: 'https://passerelle.example/terms',
  },
];

/** A whole environment to package with, for a trial or a test. */
export const sampleEnv: Readonly<Record<string, string>> = Object.fromEntries(
  open.map(({ variable, sample }) => [variable, sample]),
);

/**
 * The values of the placeholders, from the environment and the project's version.
 * @returns a value for every placeholder (a sample where the real one is at fault), and what to set or mend
 */
export function readValues(env: Env, version: string): { values: Values; faults: string[] } {
  const faults: string[] = [];
  const values: Record<string, string> = { VERSION: version };
  for (const { placeholder, variable, what, type, sample, byDefault } of open) {
    const given = env[variable]?.trim() || (byDefault?.(env) ?? '');
    const result = type.safeParse(given);
    values[placeholder] = result.success ? result.data : sample;
    if (given === '') faults.push(`${variable} is not set: ${what}`);
    else if (!result.success) faults.push(`${variable} ${result.error.issues[0]?.message}: ${what}`);
  }
  // Teams compares versions to offer an update, and refuses a suffix such as "-beta".
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    faults.push(`the version in package.json, "${version}", is not three numbers`);
  }
  return { values, faults };
}

/** The text with its placeholders filled; those that nobody knows stay. */
export const fill = (text: string, values: Values): string =>
  text.replace(/\$\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    // As in the JSON around it: a quotation mark in a value would end the string.
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
  });
