import { z } from 'zod';

const advisory = z.object({ name: z.string(), title: z.string(), url: z.url(), severity: z.string() });

/** What `npm audit --json` says (version 2 of its report), as far as it is used. */
export const auditSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    // A text in `via` only names another row: the package depends on it.
    z.object({ via: z.array(z.union([z.string(), advisory])), nodes: z.array(z.string()) }),
  ),
});

/** `vulnerability-exceptions.json`: what is in the bundle and known to be vulnerable, but cannot be reached. */
export const exceptionsSchema = z.array(
  z.strictObject({
    advisory: z.string().regex(/^GHSA(-[a-z0-9]{4}){3}$/),
    package: z.string().min(1),
    /** Why no request or message can reach it. */
    reason: z.string().min(20),
    /** The last day on which the exception holds. */
    expires: z.iso.date(),
  }),
);

export interface Verdict {
  /** Each keeps the check from passing. */
  readonly faults: readonly string[];
  /** What is known and does not matter, with the reason. */
  readonly notes: readonly string[];
}

/** Whoever writes an exception looks at it again after half a year at the latest. */
const longestDays = 183;

/**
 * Judges what npm knows to be vulnerable: only what is in the bundle counts, and of that only what no exception
 * names that is still valid. An exception that names nothing in the bundle, or holds for too long, is a fault too.
 *
 * @param bundled the places of the packages in the bundle, such as `node_modules/pg`
 * @param today as in `2026-11-30`
 */
export function judgeAudit(
  audit: z.infer<typeof auditSchema>,
  bundled: readonly string[],
  exceptions: z.infer<typeof exceptionsSchema>,
  today: string,
): Verdict {
  const faults: string[] = [];
  const notes: string[] = [];
  const needed = new Set<(typeof exceptions)[number]>();
  for (const { via, nodes } of Object.values(audit.vulnerabilities)) {
    const places = nodes.filter((node) => bundled.includes(node));
    for (const one of via) {
      if (typeof one === 'string') continue;
      const id = one.url.split('/').at(-1) ?? one.url;
      const what = `${one.name}: ${one.title} (${one.severity}, ${one.url})`;
      if (places.length === 0) {
        notes.push(`${what} is not in the bundle`);
        continue;
      }
      const exception = exceptions.find((e) => e.advisory === id && e.package === one.name);
      if (!exception) faults.push(`${what} is in the bundle: ${places.join(', ')}`);
      else if (exception.expires < today) faults.push(`${what}: its exception ended on ${exception.expires}`);
      else notes.push(`${what} is excepted until ${exception.expires}: ${exception.reason}`);
      if (exception) needed.add(exception);
    }
  }
  const latest = new Date(Date.parse(today) + longestDays * 86_400_000).toISOString().slice(0, 10);
  for (const exception of exceptions) {
    const name = `The exception for ${exception.advisory} in ${exception.package}`;
    if (!needed.has(exception)) faults.push(`${name} excepts nothing: remove it`);
    if (exception.expires > latest) faults.push(`${name} holds for too long: until ${latest} at the latest`);
  }
  return { faults, notes };
}
