/** What may not be in a log is looked for in all that the bots of tests log, at every level. */
import pino from 'pino';
import type { Overrides } from '../../src/app.js';

type Log = NonNullable<Overrides['log']>;

export interface LogWatch {
  /** Takes the lines as production writes them, and hands them on. */
  readonly log: Log;
  /** Remembers who sends an activity, and what they typed. */
  sees(activity: unknown): void;
  /** Remembers a secret. */
  plant(secret: string): string;
  /** @throws Error that names the lines with a name, an id of a person, a typed text, a token or a secret */
  check(): void;
}

/** So many are remembered at once: a test may send a hundred thousand activities. */
const maxPlanted = 5_000;
/** How tokens begin, wherever they come from: `{"` in base64. */
const tokenForm = /eyJ|[Bb]earer [\w.-]{8}/;
const secretName = /PASSWORD|SECRET|KEY|TOKEN|AppPassword/i;

/** @param env the settings that the bot is started with @param next a log of the test's own */
export function watchLog(env: Readonly<Record<string, string>>, next?: Log): LogWatch {
  const lines: string[] = [];
  const own = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) });
  const both =
    (level: keyof Log): Log[keyof Log] =>
    (facts, text) => {
      own[level](facts, text);
      next?.[level](facts, text);
    };
  const secrets = Object.entries(env).flatMap(([name, value]) => (secretName.test(name) ? [value] : []));
  if (env.DATABASE_URL) secrets.push(new URL(env.DATABASE_URL).password);
  const planted = new Set<string>();
  const words = () => [...planted, ...secrets].filter((word) => word.length >= 8).map(asLogged);

  const watch: LogWatch = {
    log: { info: both('info'), warn: both('warn'), error: both('error') },
    sees(activity) {
      if (planted.size >= maxPlanted) {
        watch.check();
        planted.clear();
      }
      for (const word of personalIn(activity)) planted.add(word);
    },
    plant(secret) {
      planted.add(secret);
      return secret;
    },
    check() {
      if (lines.length === 0) return;
      const unwanted = words();
      const found = lines.flatMap((line) => {
        const word = tokenForm.exec(line)?.[0] ?? unwanted.find((one) => line.includes(one));
        return word === undefined ? [] : [`${JSON.stringify(word)} in ${line}`];
      });
      lines.length = 0;
      if (found.length > 0) throw new Error(`The log has what it may not have:\n${found.join('\n')}`);
    },
  };
  return watch;
}

const asLogged = (word: string): string => JSON.stringify(word).slice(1, -1);

/** The name and ids of the sender, and what was typed: a text of several words, by its beginning. */
function personalIn(activity: unknown): string[] {
  const { from, text, value } = asRecord(activity);
  const { name, id, aadObjectId } = asRecord(from);
  const data = asRecord(asRecord(value).action).data ?? value;
  const typed = [text, ...Object.values(asRecord(data))].map((one) =>
    typeof one === 'string' ? one.trim().slice(0, 40) : '',
  );
  return [
    ...[name, id, aadObjectId].filter((one): one is string => typeof one === 'string'),
    ...typed.filter((one) => /\S\s+\S/.test(one)),
  ];
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
