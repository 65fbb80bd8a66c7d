import { type Card, type Feature, Refusal, type Services } from '../features/feature.js';
import type { Lang, Person } from '../records.js';
import { createActor, requireRole } from './actor.js';
import { download, type FetchFile } from './download.js';
import type { FileOffer } from './dropped-file.js';
import type { Incoming } from './incoming.js';
import { refusalCard } from './refusal-card.js';

/** Teams waits fifteen seconds for the end of a turn. */
const timeoutMs = 8_000;

/** Who sent something, and the services with what is in force then. */
export interface Sender {
  readonly person: Person;
  readonly inForce: Services;
}

interface FileTakerOptions {
  readonly features: readonly Feature[];
  readonly fetchFile: FetchFile;
  /** Answers somebody in their own chat after the turn. */
  readonly sendToChat: (person: Person, card: Card) => Promise<unknown>;
  /** Logs an unexpected error; gives what to tell the person. */
  readonly logFailure: (error: unknown, lang: Lang, what: string) => Refusal;
}

/**
 * Takes the files that people drop in their own chats. What takes long is done after the turn, one file after another, so
 * that the files of several people do not fill the memory.
 */
export function createFileTaker({ features, fetchFile, sendToChat, logFailure }: FileTakerOptions) {
  let working = Promise.resolve();

  return {
    /**
     * Reads a file and gives the answer, or what to read until it comes.
     * @throws Refusal for somebody without the role, and for what is no such file
     */
    async take(
      activity: Incoming,
      { person, inForce: services }: Sender,
      { id, name, url }: FileOffer,
    ): Promise<Card> {
      const feature = features.find(({ takesFile }) => takesFile);
      if (!feature?.takesFile) throw new Refusal('refusal.fileUnavailable');
      const { takesFile, audience } = feature;
      const actor = await createActor(activity, person, 'change', services);
      requireRole(audience, actor);
      const bytes = await download(url, { fetchFile, maxBytes: takesFile.maxBytes, timeoutMs });
      const file = { id, name, bytes };
      if (!takesFile.isLong(file)) return takesFile.take(actor, file, services);
      const answer = async (): Promise<void> => {
        const card = await takesFile.take(actor, file, services).catch((error: unknown) => {
          const refusal = error instanceof Refusal ? error : logFailure(error, actor.lang, 'file');
          return refusalCard(refusal, actor.lang, services);
        });
        await sendToChat(person, card);
      };
      working = working.then(answer).catch((error: unknown) => void logFailure(error, actor.lang, 'file'));
      return takesFile.waiting(actor, file, services);
    },
    /** Resolves when no file is being read any more. */
    idle: (): Promise<void> => working,
  };
}
