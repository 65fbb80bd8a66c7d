import type { Reader, Transaction } from '../../ports.js';
import type { Link } from '../../records.js';
import type { Services } from '../feature.js';

/** How long a link that gives nothing any more is remembered, so that its page says why. */
const rememberedMs = 30 * 86_400_000;
/** The most old links that are removed with a new one. */
const removedAtOnce = 20;

/** A link to be made; `about` tells apart the links of a person to the same kind of file. */
type WantedLink = Pick<Link, 'file' | 'personId' | 'about' | 'expiresAt'>;

/**
 * The token of a link that gives a person a file until it expires: of the one they have, if it still works, or of a new
 * one.
 * @returns nothing if people cannot reach the bot with a browser
 */
export async function findOrCreateLink(
  tx: Transaction,
  services: Services,
  wanted: WantedLink,
): Promise<string | undefined> {
  if (services.links.address() === undefined) return undefined;
  const now = services.clock.now();
  const known = (await readLinks(tx, wanted)).find((link) => stateOfLink(link, now) === 'ready');
  if (!known) return createLink(tx, services, wanted);
  // The day of what it is about may have moved since.
  await tx.put('links', { ...known, expiresAt: wanted.expiresAt });
  return known.id;
}

/** The token of a new link; old ones of the person are removed with it. */
export async function createLink(tx: Transaction, services: Services, wanted: WantedLink): Promise<string> {
  const until = new Date(Date.parse(services.clock.now()) - rememberedMs).toISOString();
  const old = await tx.list('links', 'byPerson', wanted.personId, { until, limit: removedAtOnce });
  for (const { id } of old) await tx.remove('links', id);
  const id = services.links.newToken();
  await tx.add('links', { id, ...wanted });
  return id;
}

/** How long the links of a card work. */
export const cardLinkMinutes = 10;
export const cardLinkEnd = ({ clock }: Pick<Services, 'clock'>): string =>
  new Date(Date.parse(clock.now()) + cardLinkMinutes * 60_000).toISOString();

/**
 * The addresses of files for the person who reads a card, for some minutes; none if people cannot reach the bot with a
 * browser.
 */
export async function createCardLinks(
  tx: Transaction,
  services: Services,
  wanted: readonly Omit<WantedLink, 'expiresAt'>[],
): Promise<string[]> {
  const expiresAt = cardLinkEnd(services);
  const tokens = await Promise.all(
    wanted.map((link) => findOrCreateLink(tx, services, { ...link, expiresAt })),
  );
  return tokens.flatMap((token) => linkAddress(token, services) ?? []);
}

/** The links of a person to a file, whether or not they still work. */
export async function readLinks(
  reader: Reader,
  { personId, file, about }: Pick<Link, 'file' | 'personId' | 'about'>,
): Promise<Link[]> {
  const links = await reader.list('links', 'byPerson', personId);
  return links.filter((link) => link.file === file && link.about === about);
}

/** Whether a link still gives its file. */
export function stateOfLink(
  { usedAt, expiresAt }: Pick<Link, 'usedAt' | 'expiresAt'>,
  now: string,
): 'ready' | 'used' | 'expired' {
  if (usedAt) return 'used';
  return now < expiresAt ? 'ready' : 'expired';
}

/** Where the page on data protection is, below the address of the bot. */
export const noticePath = '/privacy';

/** The address of a link; nothing if people cannot reach the bot with a browser. */
export function linkAddress(token: string | undefined, { links }: Services): string | undefined {
  const address = links.address();
  return address !== undefined && token !== undefined ? `${address}/files/${token}` : undefined;
}
