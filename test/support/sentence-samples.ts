import type { CardJson, TestBot, TestPerson } from './bot.js';
import { coordination } from './bot.js';
import { completion, startModelApi, toolCall } from './model-api.js';
import { startWithModel, unclear } from './model-bot.js';
import type { Keep } from './samples.js';

/** What sentences open, in the reader's language whatever the sentence's. */
export async function sentenceSamples(
  bot: TestBot,
  { ines, hugo }: { readonly ines: TestPerson; readonly hugo: TestPerson },
  keep: Keep,
): Promise<void> {
  const say = async (who: TestPerson, text: string, where?: string): Promise<CardJson | undefined> =>
    (await bot.say(who, text, where))[0];
  keep('sentence-host', await say(ines, 'je peux accueillir 2 élèves de seconde à Issy en juin'));
  keep('sentence-host-missing', await say(ines, 'I can host two interns'));
  keep(
    'sentence-volunteer',
    await say(ines, 'dispo pour parler de mon métier en 4e le matin du 12 mars à Lyon'),
  );
  keep('sentence-publish', await say(hugo, 'le lycée Imaginaire cherche 2 intervenants le 10 mars'));
  keep('sentence-channel', await say(ines, 'je peux accueillir un stagiaire de 3e', coordination));
  keep('sentence-agenda', await say(ines, 'qui vient jeudi ?'));
  keep('sentence-unknown', await say(ines, 'je suis dispo mardi'));
  keep('sentence-others', await say(ines, 'mon fils cherche un stage'));
  keep('sentence-somebody', await say(ines, "le stage de Léa s'est bien passé"));
  keep('sentence-refusal', await say(ines, 'je ne veux pas accueillir'));
  keep('sentence-thanks', await say(ines, 'merci !'));
}

/** What a language model has suggested, and says so. */
export async function suggestionSamples(ines: TestPerson, keep: Keep): Promise<void> {
  const api = await startModelApi();
  const bot = await startWithModel(api);
  const suggest = async (name: string, intent: string, slots: object, where?: string): Promise<void> => {
    api.answerWith(completion([toolCall(intent, slots)]));
    keep(name, (await bot.say(ines, unclear, where))[0]);
  };
  const days = { firstDay: '2027-01-18', lastDay: '2027-01-22' };
  await suggest('suggested-host', 'host', { kind: 'placement-3e', places: 2, town: 'Lyon', ...days });
  await suggest('suggested-empty', 'volunteer', {});
  await suggest('suggested-list', 'sessions', days);
  await suggest('suggested-channel', 'host', { places: 2 }, coordination);
  await bot.close();
  await api.close();
}
