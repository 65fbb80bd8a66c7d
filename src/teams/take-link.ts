import type { Services } from '../features/feature.js';
import { isMade, makeFile } from '../features/files/make.js';
import type { MadeFile } from '../features/shared/files.js';
import { stateOfLink } from '../features/shared/links.js';
import { langOf } from '../features/shared/people.js';
import type { Lang, Link } from '../records.js';

/** Why a link gives no file: `gone` is a file that the person may not have any more. */
export type NoFile = 'used' | 'expired' | 'gone';

/** Finds the links of files, and makes their files: by a browser's download or through Teams, once. */
export function createLinkTaker(services: Services) {
  const { store, clock } = services;

  return {
    /** The link of a token, with the language of its person. */
    find: (token: string): Promise<{ link: Link; lang: Lang } | undefined> =>
      store.read(async (reader) => {
        const link = await reader.get('links', token);
        const person = link && (await reader.get('people', link.personId));
        return link && person && isMade(link.file, services) ? { link, lang: langOf(person) } : undefined;
      }),

    /** Makes the file and uses the link up, unless somebody else has meanwhile. */
    async take(link: Link): Promise<MadeFile | NoFile> {
      const file = await makeFile(link, services);
      if (!file) return 'gone';
      return store.transact(async (tx) => {
        const stored = await tx.get('links', link.id);
        const state = stored ? stateOfLink(stored, clock.now()) : 'gone';
        if (!stored || state !== 'ready') return state === 'ready' ? 'gone' : state;
        const at = clock.now();
        await tx.put('links', { ...stored, usedAt: at });
        if (file.isExport)
          await tx.add('exports', {
            id: services.ids.next(),
            personId: stored.personId,
            file: stored.file,
            about: stored.about,
            at,
          });
        return file;
      });
    },
  };
}
export type LinkTaker = ReturnType<typeof createLinkTaker>;
