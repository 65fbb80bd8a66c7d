/** What becomes of all that is no button and no command, by who sends it and where; see permissions.test.ts. */
import { features } from '../../src/features/index.js';
import type { TestPerson } from '../support/bot.js';
import { fileMessage } from '../support/dropped-files.js';
import { aLine, toCsv } from '../support/import-files.js';
import {
  type Company,
  givenFile,
  outsiders,
  type Place,
  people,
  places,
  recordFor,
  startCompany,
} from '../support/permissions.js';
import { samples } from '../support/ways.js';

let company: Company;
beforeAll(async () => {
  const csv = toCsv([aLine()]);
  company = await startCompany({ silent: false, fetchFile: async () => new Response(csv, { status: 200 }) });
});
afterAll(() => company.bot.close());

/**
 * The words are those of permissions.test.ts; `HTTP` is an answer that shows nothing. What Teams says of a place is true
 * whoever has done it there, guests too; of an outsider’s own chat nothing is kept. The list of schools is public.
 */
const table = `
way           place   employee       author         participant    coordinator own    admin          nobody        guest         federated     otherTenant
search        *       HTTP_200       HTTP_200       HTTP_200       HTTP_200    HTTP_200 HTTP_200     HTTP_200      HTTP_200      HTTP_200      HTTP_403
consent       chat    done           done           done           done        done   done           HTTP_400      HTTP_400      HTTP_400      HTTP_403
consent       ours    HTTP_400       HTTP_400       HTTP_400       HTTP_400    HTTP_400 HTTP_400     HTTP_400      HTTP_400      HTTP_400      HTTP_403
consent       other   HTTP_400       HTTP_400       HTTP_400       HTTP_400    HTTP_400 HTTP_400     HTTP_400      HTTP_400      HTTP_400      HTTP_403
consent       group   HTTP_400       HTTP_400       HTTP_400       HTTP_400    HTTP_400 HTTP_400     HTTP_400      HTTP_400      HTTP_400      HTTP_403
feedback      *       HTTP_200       HTTP_200       HTTP_200       HTTP_200    HTTP_200 HTTP_200     HTTP_200      HTTP_200      HTTP_200      HTTP_403
message       *       shown          shown          shown          shown       shown  shown          unknownPerson unknownPerson unknownPerson HTTP_403
button        *       HTTP_200       HTTP_200       HTTP_200       HTTP_200    HTTP_200 HTTP_200     HTTP_200      HTTP_200      HTTP_200      HTTP_403
presence      chat    done           done           done           done        done   done           HTTP_200      HTTP_200      HTTP_200      HTTP_403
presence      ours    done           done           done           done        done   done           done          done          done          HTTP_403
presence      other   done           done           done           done        done   done           done          done          done          HTTP_403
presence      group   done           done           done           done        done   done           done          done          done          HTTP_403
unknownInvoke *       HTTP_501       HTTP_501       HTTP_501       HTTP_501    HTTP_501 HTTP_501     HTTP_501      HTTP_501      HTTP_501      HTTP_403
nothing       *       HTTP_200       HTTP_200       HTTP_200       HTTP_200    HTTP_200 HTTP_200     HTTP_200      HTTP_200      HTTP_200      HTTP_403
file          chat    notCoordinator notCoordinator notCoordinator done        done   notCoordinator unknownPerson unknownPerson unknownPerson HTTP_403
file          ours    shown          shown          shown          shown       shown  shown          unknownPerson unknownPerson unknownPerson HTTP_403
file          other   shown          shown          shown          shown       shown  shown          unknownPerson unknownPerson unknownPerson HTTP_403
file          group   shown          shown          shown          shown       shown  shown          unknownPerson unknownPerson unknownPerson HTTP_403
`;

/** The files that links give, by whose link it is: what somebody may not have, or not any more, is gone. */
const links = `
file                employee author participant coordinator own  admin
report.workbook     gone     gone   gone        given       given gone
report.ministry     gone     gone   gone        given       given gone
report.table        gone     gone   gone        given       given gone
imports.workbook    gone     gone   gone        given       given gone
imports.table       gone     gone   gone        given       given gone
imports.findings    gone     gone   gone        gone        gone  gone
reminders.calendar  gone     given  gone        gone        gone  gone
data.everything     given    given  given       given       given given
`;
/** What a link is about; by default a year. No file of Inès' talk is anybody else's. */
const about: Record<string, string> = {
  'imports.findings': givenFile,
  'reminders.calendar': recordFor(people.author, 'talk'),
};

/** They are run by the clock, or with `npm run job` by who runs the bot: nobody of the company starts one. */
const jobs = [
  'deadlines',
  'erasures',
  'campaigns',
  'imports',
  'recheck',
  'regional',
  'retention',
  'words',
  'weekly',
];

const everybody: Record<string, TestPerson> = { ...people, ...outsiders };
const read = (text: string) => {
  const [[, ...head] = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/));
  return lines.map(([name = '', ...cells]) => ({
    name,
    of: (role: string) => cells[head.indexOf(role)],
    cells,
  }));
};
const file = { type: 'message', ...fileMessage('engagements.csv', 'https://exemple-my.sharepoint.com/0') };
/** One of each way: of presence, an installation. */
const sent: Record<string, object> = {
  ...Object.fromEntries(Object.entries(samples).map(([way, of]) => [way, Object.values(of)[0] ?? {}])),
  file,
};

it('the table has every way in', () => {
  expect([...new Set(read(table).map(({ name }) => name))].sort()).toEqual(Object.keys(sent).sort());
});

const rows = read(table).flatMap((row) =>
  ((row.of('place') === '*' ? Object.keys(places) : [row.of('place')]) as Place[]).map(
    (place) => [row.name, place, row] as const,
  ),
);
it.each(rows)('%s in %s', async (way, place, { of }) => {
  const became: Record<string, string> = {};
  for (const [role, who] of Object.entries(everybody))
    became[role] = (await company.send(who, sent[way] ?? {}, place)).replace(' ', '_');
  expect(became).toEqual(Object.fromEntries(Object.keys(everybody).map((role) => [role, of(role)])));
});

it('the table of links has every file', () => {
  const made = features.flatMap((f) => Object.keys(f.files ?? {}).map((name) => `${f.name}.${name}`));
  expect(
    read(links)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(made.sort());
});

it.each(read(links))('the link to $name', async ({ name, of }) => {
  const { services } = company.bot.app;
  const became: Record<string, string | undefined> = {};
  for (const [role, who] of Object.entries(people)) {
    const link = {
      id: services.links.newToken(),
      file: name,
      personId: who.aadObjectId,
      about: about[name] ?? '2026-09-01',
      expiresAt: '2026-11-24T00:00:00.000Z',
    };
    await services.store.transact((tx) => tx.add('links', link));
    const { status } = await fetch(company.bot.url.replace('api/messages', `files/${link.id}`), {
      method: 'POST',
    });
    became[role] = { 200: 'given', 410: 'gone' }[status];
  }
  expect(became).toEqual(Object.fromEntries(Object.keys(people).map((role) => [role, of(role)])));
});

it('no job is started by anybody over HTTP', async () => {
  expect(features.flatMap((f) => Object.keys(f.jobs ?? {})).sort()).toEqual([...jobs].sort());
  for (const name of jobs) {
    for (const who of [people.employee, people.coordinator, people.admin])
      expect(await company.click(who, `jobs.${name}`, { name }, 'chat')).toBe('outdated');
    for (const path of [`jobs/${name}`, `job?name=${name}`]) {
      const url = company.bot.url.replace('api/messages', path);
      expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    }
  }
});
