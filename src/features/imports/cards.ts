import type { Reader, Transaction } from '../../ports.js';
import type { Import, Lang } from '../../records.js';
import type { Text } from '../../text/text.js';
import { breakLongWords, escapeMarkdown, removeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { createCardLinks } from '../shared/links.js';
import { paginate } from '../shared/list.js';
import { readNames } from '../shared/request-view.js';
import { factsOf } from './facts.js';
import { tellFinding } from './finding-text.js';
import { countKept, readFindings } from './read-findings.js';
import { tellClosedYears, yearsOf } from './years.js';

/** With the buttons of a file that waits, these are no more actions than a card may have. */
const findingsPerPage = 4;
/** Longer names of files are cut. */
const maxFileName = 60;

interface Button {
  readonly title: string;
  readonly verb: string;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly page: number;
  /** A day of the year that it opens. */
  readonly from?: string;
}

export const fileTitle = ({ fileName }: Pick<Import, 'fileName'>): string =>
  escapeMarkdown(shorten(fileName, maxFileName));

/** What of a file has been decided on: what it holds, what is wrong with it, how far it is. */
export async function fileCard(
  reader: Reader,
  found: Import,
  { lang, page = 0, url = '' }: { readonly lang: Lang; readonly page?: number; readonly url?: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  if (found.state === 'adding') return progressCard(found, t);
  const total = found.state === 'added' ? 0 : countKept(found);
  const list = paginate(
    Array.from({ length: total }, (_, i) => i),
    page,
    t,
    findingsPerPage,
  );
  const findings = await readFindings(reader, found, list.start, list.items.length);
  const name = await readNames(reader, [found.by], t);
  return drawFile(
    found,
    {
      rows: findings.map((finding, i) => {
        const { where, what } = tellFinding(finding, t);
        // Among faults, what is only worth a look says so.
        const weight = found.faults > 0 && !finding.blocks ? ` · ${t('imports.toLookAt')}` : '';
        return { where: `${where}${weight}`, what: breakLongWords(what), separated: i > 0 };
      }),
      rowsTitle: total === 0 ? '' : t(found.faults > 0 ? 'imports.toMend' : 'imports.toLookAt'),
      position: list.paging.position,
      ...arrange(mainButtons(found, t), pageButtons(list.paging, t), found),
      urls: url && total > 0 ? [{ title: t('imports.list'), url }] : [],
      closed: found.state === 'dropped' ? [] : await tellClosedYears(reader, found, t),
      facts: factsOf(found, found.state === 'added' ? escapeMarkdown(name(found.by)) : '', t),
    },
    t,
  );
}

/** The same, with a link to everything that was found. */
export async function fileCardFor(
  tx: Transaction,
  actor: Actor,
  found: Import,
  page: number,
  services: Services,
): Promise<Card> {
  const wanted = { file: 'imports.findings', personId: actor.id, about: found.id };
  const [url = ''] = countKept(found) > 0 ? await createCardLinks(tx, services, [wanted]) : [];
  return fileCard(tx, found, { lang: actor.lang, page, url }, services);
}

/** Asks whether the file is really to be added. */
export async function confirmCard(
  reader: Reader,
  found: Import,
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const heading = t('imports.confirm', { count: found.engagements });
  return {
    ...drawFile(
      found,
      {
        buttons: [
          { title: t('imports.add'), verb: 'imports.add', style: 'positive', page: 0 },
          { title: t('imports.back'), verb: 'imports.show', style: 'default', page: 0 },
        ],
        closed: await tellClosedYears(reader, found, t),
        facts: factsOf(found, '', t),
      },
      t,
      { heading, lead: t('imports.confirmLead') },
    ),
    summary: heading,
  };
}

/** The file is not added, and nothing of it stays. */
export function droppedCard(found: Pick<Import, 'id' | 'fileName'>, lang: Lang, services: Services): Card {
  const t = services.textIn(lang);
  const head = { heading: t('imports.dropped'), lead: t('imports.droppedLead') };
  const buttons = [{ title: t('imports.open'), verb: 'imports.open', style: 'default', page: 0 } as const];
  return drawFile(found, { buttons, facts: [] }, t, head);
}

/** Shown while a long file is read. */
export function readingCard(fileName: string, lang: Lang, services: Services): Card {
  const t = services.textIn(lang);
  const head = { heading: t('imports.reading'), lead: t('imports.readingLead') };
  return drawFile({ id: '', fileName }, { buttons: [], facts: [] }, t, head);
}

interface Drawn {
  /** What is said of the years that are closed. */
  readonly closed?: readonly string[];
  readonly rows?: readonly object[];
  readonly rowsTitle?: string;
  readonly position?: string;
  readonly buttons: readonly Button[];
  /** The way out, behind the links. */
  readonly last?: readonly Button[];
  readonly urls?: readonly { readonly title: string; readonly url: string }[];
  readonly facts: readonly { readonly title: string; readonly value: string }[];
}

function drawFile(
  found: Pick<Import, 'id' | 'fileName'> & Partial<Import>,
  { closed = [], rows = [], rowsTitle = '', position = '', buttons, last = [], urls = [], facts }: Drawn,
  t: Text,
  head = headOf(found as Import, t),
): Card {
  return {
    template: 'imports-file',
    lang: t.lang,
    summary: removeMarkdown(head.heading),
    data: {
      id: found.id,
      eyebrow: t('imports.eyebrow', { file: fileTitle(found) }),
      ...head,
      closed: closed.join('\n\n'),
      facts,
      rows,
      rowsTitle,
      position,
      buttons,
      urls,
      last: last.map((button) => ({ from: '', ...button })),
      note: found.state === 'faulty' || found.state === 'ready' ? t('imports.keptNote') : '',
    },
  };
}

/** What has become of a file, in a heading and a sentence. */
function headOf(
  { state, faults, engagements, known, lines }: Import,
  t: Text,
): { heading: string; lead: string } {
  if (state === 'dropped') return { heading: t('imports.dropped'), lead: t('imports.droppedLead') };
  if (state === 'added')
    return { heading: t('imports.added', { count: engagements }), lead: t('imports.addedLead') };
  if (faults > 0) return { heading: t('imports.faulty', { count: faults }), lead: t('imports.faultyLead') };
  if (engagements === 0)
    return { heading: t('imports.nothing'), lead: t('imports.nothingLead', { count: lines }) };
  const lead = known > 0 ? t('imports.readyKnown', { count: known }) : t('imports.readyLead');
  return { heading: t('imports.ready', { count: engagements }), lead };
}

function mainButtons(found: Import, t: Text): Button[] {
  const { state, engagements, faults } = found;
  const button = (title: string, verb: string, style: Button['style'] = 'default'): Button => ({
    title,
    verb,
    style,
    page: 0,
  });
  if (state === 'added') {
    const from = yearsOf(found).at(-1)?.firstDay ?? '';
    return [{ ...button(t('imports.report'), 'report.open'), from }];
  }
  if (state === 'dropped') return [button(t('imports.open'), 'imports.open')];
  if (faults > 0 || engagements === 0) return [button(t('imports.open'), 'imports.open')];
  return [
    button(t('imports.ask', { count: engagements }), 'imports.ask', 'positive'),
    button(t('imports.drop'), 'imports.drop'),
  ];
}

/** What is decided comes first, what only leads elsewhere last. */
const arrange = (
  main: readonly Button[],
  pages: readonly Button[],
  { state, faults, engagements }: Import,
) =>
  state === 'ready' && faults === 0 && engagements > 0
    ? { buttons: [...main, ...pages] }
    : { buttons: pages, last: main };

const pageButtons = (
  { more, back, next, previous, nextTitle }: ReturnType<typeof paginate>['paging'],
  t: Text,
): Button[] => [
  ...(more ? [{ title: nextTitle, verb: 'imports.show', style: 'default', page: next } as const] : []),
  ...(back
    ? [{ title: t('list.back'), verb: 'imports.show', style: 'default', page: previous } as const]
    : []),
];

/** How far an import is. */
function progressCard(found: Import, t: Text): Card {
  const { id, parts, written, engagements } = found;
  const done = parts === 0 ? engagements : Math.floor((engagements * written) / parts);
  const counts = { done: t.number(done), count: engagements };
  const heading = t('imports.adding', { count: engagements });
  return {
    template: 'imports-progress',
    lang: t.lang,
    summary: heading,
    data: {
      id,
      eyebrow: t('imports.eyebrow', { file: fileTitle(found) }),
      heading,
      lead: t('imports.addingLead'),
      bar: { achieved: done, planned: 0, missing: engagements - done },
      barAlt: t('imports.progress', counts),
      barCaption: t('imports.progress', counts),
    },
  };
}
