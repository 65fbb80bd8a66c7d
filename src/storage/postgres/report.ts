import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Action } from '../../domain/action.js';
import type { MinistryEvent } from '../../domain/calendar/ministry-events.js';
import type { Convention } from '../../domain/convention/convention.js';
import { placeAction } from '../../domain/report/counted.js';
import { isTypedSchool, type ReportContext } from '../../domain/report/location.js';
import { type DescribeAction, writeLock } from './statements.js';
import { reportViews } from './views.js';

/** What the report is counted by beside the records, and whom to tell when its views cannot be renewed. */
export interface ReportSource extends ReportContext {
  readonly convention: Convention;
  warn(text: string): void;
}

/** Actions described in one transaction. */
const batchSize = 500;
/** Whoever reads a view for longer keeps the one of before until the next start. */
const lockLimitMs = 1_000;
/** Instances that start together renew the views one after the other; nobody who writes records waits. */
const viewsLock = 'select pg_advisory_xact_lock(7061737366)';

/**
 * What directories and calendars decide about an action, for the column `for_report`. A school that was only typed gets a
 * name made from its own: no text that somebody typed is in a view.
 */
export const createDescription =
  (context: ReportContext): DescribeAction =>
  (action: Action) => {
    const { location, presenceDays } = placeAction(action, context);
    const { region, academie, departement, school, schools } = location;
    return {
      region,
      academie,
      departement,
      school: hideTyped(school),
      schools: schools.map(hideTyped).join(' '),
      presenceDays,
    };
  };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hideTyped = (school: string): string =>
  isTypedSchool(school) ? `typed-${hash(school).slice(0, 12)}` : school;

/** Brings the views of the report, and what they read beside the records, up to date. */
export async function prepareReport(
  client: pg.ClientBase,
  source: ReportSource,
  describe: DescribeAction,
): Promise<void> {
  const { yearMode, signedOn, commitments } = source.convention;
  const events: readonly MinistryEvent[] = source.calendar.events;
  const settings = JSON.stringify({ yearMode, signedOn, commitments, events });
  await client.query(
    'update report_settings set settings = $1::jsonb where settings is distinct from $1::jsonb',
    [settings],
  );
  await describeAll(client, describe);
  try {
    await renewViews(client);
  } catch (error) {
    if (!isHeldByReaders(error)) throw error;
    await client.query('rollback');
    source.warn(
      `The views of the report stay as they were: ${(error as Error).message}. The next start tries again.`,
    );
  }
}

/** Somebody reads a view (lock_not_available), or has built something on it (dependent_objects_still_exist). */
const isHeldByReaders = (error: unknown): boolean =>
  ['55P03', '2BP01'].includes((error as { code?: string }).code ?? '');

/** Describes again each action about which a directory, a calendar or the code says something else than before. */
async function describeAll(client: pg.ClientBase, describe: DescribeAction): Promise<void> {
  for (let last = ''; ; ) {
    const { rows } = await client.query(
      'select id, record, for_report, xmin::text as version from actions where id > $1 order by id limit $2',
      [last, batchSize],
    );
    if (rows.length === 0) return;
    last = rows.at(-1).id;
    const others = rows
      .map((row) => ({ ...row, described: describe(row.record) }))
      .filter(({ described, for_report: known }) => !isDeepStrictEqual(described, known));
    if (others.length === 0) continue;
    await client.query('begin');
    await client.query(writeLock);
    // A row that was written meanwhile has been described by whoever wrote it.
    await client.query(
      `update actions a set for_report = given.described::jsonb
        from unnest($1::text[], $2::text[], $3::text[]) as given (id, version, described)
        where a.id = given.id and a.xmin::text = given.version`,
      [
        others.map(({ id }) => id),
        others.map(({ version }) => version),
        others.map(({ described }) => JSON.stringify(described)),
      ],
    );
    await client.query('commit');
  }
}

/** Makes the views anew when they are not this version's, for the same readers. */
async function renewViews(client: pg.ClientBase): Promise<void> {
  const names = reportViews.map(({ name }) => name);
  const wanted = hash(JSON.stringify(reportViews));
  await client.query('begin');
  await client.query(`set local lock_timeout = ${lockLimitMs}`);
  await client.query(viewsLock);
  const found = await client.query(
    `select views, (select count(*)::int from unnest($1::text[]) as name where to_regclass(name) is not null) as n
      from report_settings`,
    [names],
  );
  const isCurrent = found.rows[0]?.views === wanted && found.rows[0]?.n === names.length;
  if (!isCurrent) {
    const readers = await client.query(
      `select c.relname as view, case g.grantee when 0 then 'public' else g.grantee::regrole::text end as role
        from pg_class c, aclexplode(c.relacl) g
        where c.oid = any (select to_regclass(name) from unnest($1::text[]) as name)
          and g.privilege_type = 'SELECT' and g.grantee <> c.relowner`,
      [names],
    );
    for (const name of names.toReversed()) await client.query(`drop view if exists ${name}`);
    for (const { name, query } of reportViews) await client.query(`create view ${name} as ${query}`);
    // A role comes from `regrole`, which quotes it.
    for (const { view, role } of readers.rows)
      if (names.includes(view)) await client.query(`grant select on ${view} to ${role}`);
    await client.query('update report_settings set views = $1', [wanted]);
  }
  await client.query('commit');
}
