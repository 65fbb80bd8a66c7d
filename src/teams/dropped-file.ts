import { z } from 'zod';
import { boundedText } from '../features/shared/bounded-text.js';
import { cleanText } from '../features/shared/client-values.js';
import { type Incoming, placeKind } from './incoming.js';

/** What Teams attaches to a message for each file that was dropped in the chat with a bot. */
const fileType = 'application/vnd.microsoft.teams.file.download.info';
const fileContent = z.looseObject({ downloadUrl: boundedText(10_000) });

/** A file of a message, before it is read. */
export interface FileOffer {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** The first file that somebody has dropped in their own chat; Teams lets nobody do so elsewhere. */
export function fileOf(activity: Incoming): FileOffer | undefined {
  if (placeKind(activity) !== 'personal') return undefined;
  const attached = activity.attachments?.find(({ contentType }) => contentType === fileType);
  const content = fileContent.safeParse(attached?.content);
  if (!attached || !content.success) return undefined;
  const name = cleanText(attached.name ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const id = `${activity.conversation.id}|${activity.id ?? content.data.downloadUrl}`;
  return { id, name: name || '…', url: content.data.downloadUrl };
}
