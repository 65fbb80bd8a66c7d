import { randomBytes } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { readInForce } from '../features/convention/in-force.js';
import {
  type Actor,
  type Card,
  type Feature,
  type FeatureAction,
  hasRole,
  Refusal,
  type Services,
  TryAgain,
} from '../features/feature.js';
import { answerCard, helpCard, openingCard } from '../features/help/card.js';
import { boundedText } from '../features/shared/bounded-text.js';
import { langOf } from '../features/shared/people.js';
import type { Messenger } from '../ports.js';
import { createActor, requireRole } from './actor.js';
import type { CardRenderer } from './cards.js';
import type { FetchFile } from './download.js';
import { fileOf } from './dropped-file.js';
import { createFileConsent } from './file-consent.js';
import { findOrCreatePerson, toLang } from './gate.js';
import { type Incoming, incomingActivity, messageOf } from './incoming.js';
import { forms } from './model/choices.js';
import type { Suggest } from './model/suggest.js';
import { createPersonLimit, type PersonLimits } from './person-limit.js';
import { handlePresence } from './presence.js';
import { type Asked, createMessageReader } from './read-message.js';
import { failureKey, refusalCard, refusalTexts } from './refusal-card.js';
import { createReply, type Shown } from './reply.js';
import { searchSchools } from './school-search.js';
import { createFileTaker, type Sender } from './take-file.js';
import type { LinkTaker } from './take-link.js';
import { createTurn } from './turn.js';
import { typedText } from './typed-words.js';

export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** What a card's button sends: the verb, and its data including the inputs. */
const cardActionValue = z.object({
  action: z.object({ verb: boundedText(100), data: z.record(z.string(), z.unknown()).default({}) }),
});
const submitValue = z.looseObject({ verb: boundedText(100) });

interface BotOptions {
  readonly features: readonly Feature[];
  readonly services: Services;
  readonly render: CardRenderer;
  /** Writes to a person who asked among others for something personal. */
  readonly messenger: Messenger;
  readonly limits: PersonLimits;
  readonly fetchFile: FetchFile;
  readonly links: LinkTaker;
  /** Asks a language model about a sentence that the rules do not understand; by default there is none. */
  readonly suggest?: Suggest | undefined;
  readonly log: Log;
}

export interface Bot {
  /**
   * Handles a button or form of a card. Returns the body of the HTTP response, JSON with `statusCode`, `type` and
   * `value`: a card, or the error that leaves a form as it is. Source: Universal Actions for Adaptive Cards.
   */
  cardAction(activity: Incoming): Promise<string>;
  /** Searches for what is typed into a list of choices. Returns the body of the HTTP response. */
  search(activity: Incoming): Promise<string | object>;
  /** Takes somebody's answer to the offer of a file. Returns the status of the HTTP response. */
  consent(activity: Incoming): Promise<number>;
  /** Handles everything else: messages, and being added or removed. */
  turn(context: TurnContext): Promise<void>;
  /** Resolves when nothing is done any more that a turn has begun. */
  idle(): Promise<void>;
}

/** Routes what Teams sends to the features, and answers in the same turn. */
export function createBot(options: BotOptions): Bot {
  const { features, services, render, messenger, limits, fetchFile, log } = options;
  const readMessage = createMessageReader(features, services, options.suggest);
  const actions = new Map<string, FeatureAction>(
    features.flatMap((f) => Object.entries(f.actions).map(([name, a]) => [`${f.name}.${name}`, a] as const)),
  );
  const featureOf = (verb: string): Feature | undefined =>
    actions.has(verb) ? features.find(({ name }) => verb.startsWith(`${name}.`)) : undefined;
  const {
    reply,
    replyHere,
    sendToChat,
    mayAllRead: isForAllHere,
  } = createReply({ services, render, messenger });
  const limit = createPersonLimit(limits);
  const tooFast = new Refusal('refusal.tooFast', { perSecond: limits.perSecond });

  /** A verb for the log. Unknown ones are not logged, because they could contain anything. */
  const loggableVerb = (verb: string): string => (actions.has(verb) ? verb : 'an unknown button');

  /** Logs an unexpected error; the refusal's reference leads to the log line. */
  const logFailure = (error: unknown, lang: Actor['lang'], what: string): Refusal => {
    const reference = randomBytes(5).toString('base64url').replace(/[-_]/g, '7').slice(0, 6).toUpperCase();
    log.error({ err: error, reference, what }, 'a turn failed');
    return new Refusal(failureKey(error), { reference, lang });
  };

  /** Both at once, so that the store is asked once. */
  const readSender = async (activity: Incoming): Promise<Sender> => {
    const [person, inForce] = await Promise.all([
      findOrCreatePerson(activity, services, { acts: true }),
      services.store.read((reader) => readInForce(reader, services)),
    ]);
    if (!person) throw new Refusal('refusal.unknownPerson');
    return { person, inForce };
  };

  const files = createFileTaker({ features, fetchFile, sendToChat, logFailure });
  const offers = createFileConsent({
    services,
    links: options.links,
    fetchFile,
    logFailure: (error) => log.error({ err: error }, 'a file could not be given'),
  });

  const runAction = async (
    verb: string,
    data: Record<string, unknown>,
    activity: Incoming,
    { person, inForce }: Sender,
  ): Promise<Card> => {
    const found = actions.get(verb);
    if (!found) throw new Refusal('refusal.outdated');
    const actor = await createActor(activity, person, found.asks, services);
    requireRole(found.who, actor);
    return found.run(actor, data, inForce);
  };

  const runCommand = async (
    { feature, start, says, likely, suggested }: Asked,
    activity: Incoming,
    { person, inForce }: Sender,
  ): Promise<Shown> => {
    // The help answers unknown commands, and shows coordinators theirs.
    const byRole = !feature?.open || feature.actions.open?.asks !== 'nothing';
    // A command only opens something, which has actions of its own for changes.
    const actor = await createActor(activity, person, byRole ? 'read' : 'nothing', services);
    const show = (card: Card, readers: Shown['readers']): Shown => ({ card, readers, suggested });
    // The answer to what is no request contains nothing personal.
    if (says === 'greeting') return show(helpCard(actor, 'welcome', services), 'anyone');
    if (says) return show(answerCard(actor, says, services), 'anyone');
    // A model does not know what somebody may do.
    if (!feature?.open || (suggested && !hasRole(feature.audience, actor)))
      return { card: helpCard(actor, 'unknown', services, likely ? { likely } : {}), readers: 'anyone' };
    requireRole(feature.audience, actor);
    const { readers } = feature;
    const isShared = !(await isForAllHere(activity, readers));
    // A button answers only the person who clicked it. Records are shown to whoever asks for them, not because a model
    // thinks that somebody did.
    if (feature.actions.open && (isShared || (suggested && !forms.has(feature.name))))
      return show(openingCard(feature, actor, services, { ...(start ? { start } : {}), isShared }), 'anyone');
    return show(await feature.open(actor, inForce, start), readers);
  };

  const onMessage = async (context: TurnContext): Promise<void> => {
    const activity = incomingActivity(context);
    let lang = toLang(activity.locale);
    const refuse = (refusal: Refusal) => replyHere(context, refusalCard(refusal, lang, services));
    if (!(await limit.mayAsk(activity))) {
      if (await limit.mayBeTold(activity)) await refuse(tooFast);
      return;
    }
    const button = submitValue.safeParse(activity.value);
    try {
      const sender = await readSender(activity);
      const { person } = sender;
      lang = langOf(person);
      const file = button.success ? undefined : fileOf(activity);
      // A file is only dropped in somebody's own chat.
      if (file) return await replyHere(context, await files.take(activity, sender, file));
      const asked = button.success
        ? {}
        : await readMessage(typedText(messageOf(activity), activity.recipient.name), person.id);
      const feature = button.success ? featureOf(button.data.verb) : asked.feature;
      const readers = feature ? feature.readers : 'anyone';
      const answered: Promise<Shown> = button.success
        ? runAction(button.data.verb, button.data, activity, sender).then((card) => ({ card, readers }))
        : runCommand(asked, activity, sender);
      const shown = await answered.catch((error: unknown) => {
        // It may name people too, so it goes where the answer would have gone.
        if (error instanceof Refusal) return { card: refusalCard(error, lang, services), readers };
        throw error;
      });
      await reply(context, activity, { ...shown, person });
    } catch (error) {
      const what = button.success ? loggableVerb(button.data.verb) : 'message';
      await refuse(error instanceof Refusal ? error : logFailure(error, lang, what));
    }
  };

  /** A text that leaves the card as it is, with everything typed in it. */
  const errorAnswer = (refusal: Refusal, lang: Actor['lang']): string => {
    const { heading, why } = refusalTexts(refusal, lang, services);
    const value = { code: refusal.key, message: `${heading}. ${why}` };
    return formatResponse(400, 'application/vnd.microsoft.error', JSON.stringify(value));
  };

  const search = async (activity: Incoming): Promise<string | object> =>
    (await limit.mayAsk(activity))
      ? searchSchools(activity.value, services.schools)
      : errorAnswer(tooFast, toLang(activity.locale));

  const consent = async (activity: Incoming): Promise<number> => {
    if (!(await limit.mayAsk(activity))) return 429;
    try {
      const { person } = await readSender(activity);
      return (await offers.answer(activity, person)) ? 200 : 400;
    } catch (error) {
      if (error instanceof Refusal) return 400;
      throw error;
    }
  };

  /** Always HTTP 200: a card that replaces the clicked one, or a text that leaves a form as it is. */
  const cardAction = async (activity: Incoming): Promise<string> => {
    let lang = toLang(activity.locale);
    if (!(await limit.mayAsk(activity))) return errorAnswer(tooFast, lang);
    const parsed = cardActionValue.safeParse(activity.value);
    const { verb, data } = parsed.success ? parsed.data.action : { verb: '', data: {} };
    try {
      const sender = await readSender(activity);
      lang = langOf(sender.person);
      const card = await runAction(verb, data, activity, sender);
      return formatResponse(200, 'application/vnd.microsoft.card.adaptive', (await render(card)).json);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : logFailure(error, lang, loggableVerb(verb));
      if (!(error instanceof Refusal) || error instanceof TryAgain || 'formKey' in data)
        return errorAnswer(refusal, lang);
      const { json } = await render(refusalCard(refusal, lang, services));
      return formatResponse(200, 'application/vnd.microsoft.card.adaptive', json);
    }
  };

  const runTurn = createTurn(onMessage, (context) => handlePresence(incomingActivity(context), services));
  return { cardAction, search, consent, turn: runTurn, idle: () => files.idle().then(offers.idle) };
}

const formatResponse = (statusCode: number, type: string, value: string): string =>
  `{"statusCode":${statusCode},"type":"${type}","value":${value}}`;
