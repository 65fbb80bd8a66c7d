import { yearOfId } from '../../domain/convention/programme-year.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { offerFile, takesFiles } from '../files/offer.js';
import { describeMutes, isNamed, showMutes } from '../preferences/mutes.js';
import { cardLinkMinutes, createCardLinks, noticePath } from '../shared/links.js';
import { langOf, toName } from '../shared/people.js';
import { describeWhen, rowTitle } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { languageName } from './fields.js';
import { isToCome, notedKinds, type Own, readOwn } from './read.js';

/** The engagements to come that are listed; `mes engagements` has all. */
const listed = 4;

const file = 'data.everything';

/**
 * What is kept of somebody, in words: first what they look for most.
 * @param offered whether Teams has been asked just now to offer them the file
 */
export async function dataCard(actor: Actor, services: Services, offered = false): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const throughTeams = takesFiles(actor, services);
  const wanted = [{ file, personId: actor.id, about: actor.id }];
  const urls = throughTeams
    ? []
    : await services.store.transact((tx) => createCardLinks(tx, services, wanted));
  const own = await services.store.read((reader) => readOwn(reader, actor.id, services));
  const groups = [
    { title: t('data.group.engagements'), lines: engagementLines(own, today, t) },
    { title: t('data.group.did'), lines: didLines(own, t) },
    { title: t('data.group.who'), lines: whoLines(own, today, isNamed(actor.id, services), t) },
    { title: t('data.group.messages'), lines: [t('data.messages'), ...fileLines(own, t)] },
  ];
  const heading = t('data.heading');
  const address = services.links.address();
  return {
    template: 'data-card',
    lang: actor.lang,
    summary: heading,
    data: {
      heading,
      lead: leadText(throughTeams, urls.length > 0, offered, t),
      throughTeams,
      groups: groups.flatMap(({ title, lines }) =>
        lines.length > 0 ? [{ title, texts: lines.map((text) => ({ text })) }] : [],
      ),
      urls: urls.map((url) => ({ url })),
      note: address
        ? `${t('data.note')} ${t('data.notice', { url: `${address}${noticePath}?lang=${actor.lang}` })}`
        : t('data.note'),
    },
  };
}

/** Has Teams offer somebody everything that is kept of them as a file. */
export async function offerData(actor: Actor, services: Services): Promise<Card> {
  if (!takesFiles(actor, services)) return dataCard(actor, services);
  await services.store.transact((tx) => offerFile(tx, actor, { file, about: actor.id }, services));
  return dataCard(actor, services, true);
}

function leadText(throughTeams: boolean, hasLink: boolean, offered: boolean, t: Text): string {
  if (offered) return t('files.asked', { what: t('data.files.everything.what') });
  if (throughTeams) return `${t('data.leadNoFile')} ${t('files.lead', { count: cardLinkMinutes })}`;
  return t(hasLink ? 'data.lead' : 'data.leadNoFile');
}

function engagementLines({ engagements, invitations, years }: Own, today: string, t: Text): string[] {
  const toCome = engagements.filter(({ action, engagement }) => isToCome(action, engagement, today));
  const past = engagements.length - toCome.length;
  const more = toCome.length - listed;
  return [
    engagements.length === 0 ? t('data.noEngagement') : '',
    toCome.length > 0 ? t('data.toCome', { count: toCome.length }) : '',
    toCome
      .slice(0, listed)
      .map(({ action }) => `- ${rowTitle(action, t)}, ${describeWhen(action, t)}`)
      .join('\n'),
    more > 0 ? t('data.moreToCome', { count: more }) : '',
    past > 0 ? t('data.past', { count: past }) : '',
    invitations.length > 0 ? t('data.invitations', { count: invitations.length }) : '',
    years.length > 0
      ? t('data.counted', { years: years.map(({ year }) => yearTitle(yearOfId(year), t)).join(', ') })
      : '',
  ].filter(Boolean);
}

function didLines({ moves, noted }: Own, t: Text): string[] {
  const lines = notedKinds.flatMap((what) => {
    const count = noted.filter((each) => each.what === what).length;
    return count > 0 ? [`- ${t.at(`data.noted.${what}`, { count })}`] : [];
  });
  return [
    moves.length > 0 ? t('data.moves', { count: moves.length }) : '',
    lines.length > 0 ? t('data.notedLead') : '',
    lines.join('\n'),
  ].filter(Boolean);
}

const whoLines = ({ person }: Own, today: string, named: boolean, t: Text): string[] => {
  const name = toName(person.name);
  return [
    [
      name ? t('data.name', { name: escapeMarkdown(name) }) : t('data.noName'),
      t('data.language', { language: languageName(langOf(person), t) }),
      person.timeZone ? t('data.timeZone', { zone: escapeMarkdown(person.timeZone) }) : '',
    ]
      .filter(Boolean)
      .join(' '),
    describeMutes(showMutes(person, today), named, t),
    t('data.ids'),
  ];
};

const fileLines = ({ links, exports }: Own, t: Text): string[] =>
  [
    links.length > 0 ? t('data.links', { count: links.length }) : '',
    exports.length > 0 ? t('data.exports', { count: exports.length }) : '',
  ].filter(Boolean);
