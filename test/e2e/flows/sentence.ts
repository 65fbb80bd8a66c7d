/** What people ask for in their own words. */
import { CHANNELS } from '../../../scripts/playground/config.js';
import { today } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

const nextMarch = (day: number): string => {
  const year = Number(today.slice(0, 4));
  const date = (y: number) => `${y}-03-${day}`;
  return date(today <= date(year) ? year : year + 1);
};

export const sentence: Flow = {
  name: 'sentence',
  steps: [
    [
      'a sentence opens the form that it asks for, filled in, and says what was understood and what is missing',
      async ({ p }) => {
        await setUpCoordination(p);
        await p.goToPersonalChat();
        const card = await p.send('bonjour, je peux accueillir 2 élèves de seconde à Issy, merci');
        await card.shows('Proposer un accueil');
        await card.shows('Compris : 2 places de stage de 2de, Issy-les-Moulineaux.');
        await card.shows('Il manque : les dates.');
        await p.screenshot('70-sentence-host', card);
      },
    ],
    [
      'what was understood is sent by a person, who adds what is missing',
      async ({ p }) => {
        const card = await p.send('dispo pour parler de mon metier en 4e le 12 mars a Lyon');
        await card.shows(/^Compris\s:\sune\sintervention\sen\sclasse,\sniveau\s4e,\sLyon,\s\S+\s12\smars/);
        await p.screenshot('71-sentence-volunteer', card);
        await card.fill({ 'Jusqu’au': nextMarch(19) });
        await card.press('Envoyer la proposition');
        await card.shows('Votre proposition est envoyée');
        await p.screenshot('72-sentence-sent', card);
      },
    ],
    [
      'questions open what answers them',
      async ({ p }) => {
        for (const [text, shown, name] of [
          ['où en est-on ?', /personnes?\smobilisées?/, '73-sentence-progress'],
          ['annule mon intervention du 12 mars', /engagement/, '74-sentence-mine'],
          ['qui vient jeudi ?', /jeudi/, '75-sentence-agenda'],
        ] as const) {
          const card = await p.send(text);
          await p.screenshot(name, card);
          await card.shows(shown);
        }
      },
    ],
    [
      'English is understood in the same chat',
      async ({ p }) => {
        const form = await p.send('Hi! I can host two interns in January');
        await form.shows(/^Compris\s:\s2\splaces,\s.*janvier/);
        await p.screenshot('76-sentence-english', form);
        const card = await p.send('where do we stand this year?');
        await card.shows(/personnes?\smobilisées?/);
        await p.screenshot('77-sentence-english-progress', card);
      },
    ],
    [
      'what is not understood, or is about somebody else, opens no form',
      async ({ p }) => {
        const unknown = await p.send('je suis dispo mardi');
        await p.screenshot('78-sentence-unknown', unknown);
        const other = await p.send('mon fils cherche un stage de 3e');
        await p.screenshot('79-sentence-others', other);
        for (const card of [unknown, other])
          if (/Envoyer/.test(await card.text())) throw new Error(`A form was opened:\n${await card.text()}`);
      },
    ],
    [
      'in a channel a mention with a sentence leads to the form in one’s own chat',
      async ({ p }) => {
        await p.goToChannel(CHANNELS.coordination);
        const card = await p.mention('je peux accueillir un stagiaire de 3e');
        await p.screenshot('80-sentence-channel', card);
      },
    ],
  ],
};
