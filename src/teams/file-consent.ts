import { z } from 'zod';
import type { Services } from '../features/feature.js';
import { stateOfLink } from '../features/shared/links.js';
import { langOf } from '../features/shared/people.js';
import type { Link, Person } from '../records.js';
import { type FetchFile, isMicrosoftFile } from './download.js';
import { type Incoming, placeId, placeKind } from './incoming.js';
import type { LinkTaker, NoFile } from './take-link.js';

/** An upload that takes longer has failed. */
const timeoutMs = 60_000;

const shortText = z.string().regex(/^[\s\S]{1,2000}$/);
/** What Teams sends when somebody answers its question. Source: `fileConsent/invoke`. */
const consent = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.object({ link: z.string().regex(/^[\w-]{32}$/) }),
});
const uploadInfo = z.object({ uploadUrl: shortText, contentUrl: shortText, uniqueId: shortText });
type Upload = z.infer<typeof uploadInfo>;

interface FileConsentOptions {
  readonly services: Services;
  readonly links: LinkTaker;
  readonly fetchFile: FetchFile;
  readonly logFailure: (error: unknown) => void;
}

/**
 * Takes the answers to offers of files. A file is made and put into the person's OneDrive after the turn, one after
 * another, so that several do not fill the memory.
 */
export function createFileConsent({ services, links, fetchFile, logFailure }: FileConsentOptions) {
  let working = Promise.resolve();

  /** Says what came of it, once: a question that is answered twice is told twice. */
  const tell = (
    person: Person,
    activity: Incoming,
    { name, data }: { name: 'give' | 'failed'; data: Record<string, string> },
  ): Promise<void> =>
    services.store.transact((tx) =>
      services.enqueue(tx, {
        key: `files.${name}:${activity.id ?? data.url ?? ''}`,
        conversationId: placeId(activity),
        message: `files.${name}`,
        lang: langOf(person),
        data,
        by: person.id,
      }),
    );

  async function upload(link: Link, { uploadUrl, contentUrl, uniqueId }: Upload) {
    const file = await links.take(link);
    if (typeof file === 'string') return fail(file, link);
    const bytes = Buffer.from(file.content);
    const isStored = await put(uploadUrl, bytes, fetchFile);
    if (!isStored) return fail('notUploaded', link);
    const type = file.name.split('.').at(-1) ?? '';
    return { name: 'give' as const, data: { name: file.name, url: contentUrl, id: uniqueId, type } };
  }

  return {
    /**
     * Answers what somebody said to an offer, and tells the rest in their chat.
     * @returns whether it was an answer at all
     */
    async answer(activity: Incoming, person: Person): Promise<boolean> {
      const parsed = consent.safeParse(activity.value);
      if (!parsed.success || placeKind(activity) !== 'personal') return false;
      const { action, context } = parsed.data;
      const found = await links.find(context.link);
      const link = found?.link.personId === person.id ? found.link : undefined;
      const state = link ? stateOfLink(link, services.clock.now()) : 'gone';
      if (!link || state !== 'ready') {
        await tell(person, activity, fail(state === 'ready' ? 'gone' : state, link));
        return true;
      }
      if (action === 'decline') {
        await services.store.transact(async (tx) => {
          await tx.put('links', { ...link, usedAt: services.clock.now() });
        });
        await tell(person, activity, fail('declined', link));
        return true;
      }
      const where = uploadInfo.safeParse((activity.value as { uploadInfo?: unknown }).uploadInfo);
      const isKnown =
        where.success && isMicrosoftFile(where.data.uploadUrl) && isMicrosoftFile(where.data.contentUrl);
      if (!isKnown) {
        await tell(person, activity, fail('notUploaded', link));
        return true;
      }
      working = working
        .then(async () => tell(person, activity, await upload(link, where.data)))
        .catch(async (error: unknown) => {
          logFailure(error);
          await tell(person, activity, fail('failure', link));
        })
        .catch(logFailure);
      return true;
    },
    /** Resolves when no file is being uploaded any more. */
    idle: (): Promise<void> => working,
  };
}

const fail = (reason: NoFile | 'declined' | 'notUploaded' | 'failure', link: Link | undefined) => ({
  name: 'failed' as const,
  data: { reason, ...(link ? { file: link.file } : {}) },
});

/** Puts a file where Teams says, in one piece, following no redirect. Whether it is there then. */
async function put(url: string, bytes: Uint8Array<ArrayBuffer>, fetchFile: FetchFile): Promise<boolean> {
  try {
    const answer = await fetchFile(url, {
      method: 'PUT',
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
