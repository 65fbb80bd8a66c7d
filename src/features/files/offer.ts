import type { Transaction } from '../../ports.js';
import type { Link } from '../../records.js';
import type { Actor, Services } from '../feature.js';
import { cardLinkEnd, createLink } from '../shared/links.js';

/** Whether Teams can offer somebody a file where they are: in their own chat, and outside a local trial. */
export const takesFiles = ({ place }: Actor, { links }: Services): boolean =>
  links.throughTeams && place.kind === 'personal';

/**
 * Offers somebody a file in their own chat: Teams asks them, and once they accept it is put into their OneDrive. It is
 * made when they accept, once, within the time of a link.
 */
export async function offerFile(
  tx: Transaction,
  actor: Actor,
  wanted: Pick<Link, 'file' | 'about'>,
  services: Services,
): Promise<void> {
  const link = await createLink(tx, services, {
    ...wanted,
    personId: actor.id,
    expiresAt: cardLinkEnd(services),
  });
  await services.enqueue(tx, {
    key: `files.offer:${link}`,
    conversationId: actor.place.conversationId,
    message: 'files.offer',
    lang: actor.lang,
    data: { link },
    by: actor.id,
  });
}
