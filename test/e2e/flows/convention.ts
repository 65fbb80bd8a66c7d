/** The convention's own life: its signature and deadlines, the register of communications, an event with its campaign. */
import assert from 'node:assert/strict';
import { CHANNELS } from '../../../scripts/playground/config.js';
import { addDays } from '../../../src/domain/days.js';
import { today, weekdayIn } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

const article = 'Un article de l’intranet sur le forum des métiers';

export const convention: Flow = {
  name: 'convention',
  steps: [
    [
      'an administrator enters the day of signature, and the convention says what comes',
      async ({ p }) => {
        await setUpCoordination(p);
        const card = await p.mention('convention');
        await card.shows('Il manque la date de signature');
        await card.press('Saisir la date de signature');
        await card.fill({ 'Jour de la dernière signature': addDays(today, -400) });
        await card.press('Garder cette date');
        await card.shows(/La convention court jusqu/);
        await card.shows('De la signature à la fin');
        await p.screenshot('a0-convention', card);
      },
    ],
    [
      'a deadline is marked as done, with what shows it',
      async ({ p }) => {
        const card = await p.mention('échéances');
        await card.shows('Comité de pilotage');
        await p.screenshot('a1-deadlines', card);
        await card.tap('Comité de pilotage');
        await card.fill({ 'Comment les chiffres ont été remis': 'Courriel à la DGESCO, dossier Convention' });
        await card.press('Noter que c’est fait');
        await card.shows(/^Fait/);
        await p.screenshot('a2-deadline-done', card);
      },
    ],
    [
      'a communication is not published before the other party has agreed (article 6)',
      async ({ p }) => {
        const card = await p.mention('registres');
        await card.tap('Communications et logos');
        await card.press('Inscrire une communication');
        await card.fill({
          'Ce qui paraîtra : support et sujet': article,
          'Qui le demande ?': 'Microsoft France',
          'Demandé le': today,
        });
        await p.screenshot('a3-communication-form', card);
        await card.press('Inscrire');
        await card.shows(article);
        await card.shows(/Rien ne paraît avant/);
        assert.doesNotMatch(await card.text(), /Noter la parution/);
        await p.screenshot('a4-communication-refused', card);
        await card.press('Noter l’accord…');
        await card.fill({
          'À quelle date ?': today,
          'Donné par : service ou fonction': 'DGESCO, bureau des partenariats',
        });
        await card.press('Noter l’accord');
        await card.shows('Noter la parution…');
      },
    ],
    [
      'an event is added, its campaign sent, and a colleague’s form opens with its days',
      async ({ p }) => {
        await p.goToChannel(CHANNELS.announcements);
        const channel = await p.mention('configurer');
        await channel.press('Canal des annonces');
        await channel.shows('Ce canal est celui des annonces');
        await p.goToPersonalChat();
        const card = await p.send('temps forts');
        await p.screenshot('a5-events', card);
        await card.press('Ajouter un temps fort');
        await card.fill({
          Nom: 'Semaine des métiers',
          'Premier jour': weekdayIn(40),
          'Dernier jour': addDays(weekdayIn(40), 2),
        });
        await card.press('Enregistrer');
        await card.shows('Semaine des métiers');
        await card.press('Envoyer la campagne maintenant');
        await card.shows(/Campagne partie/);
        await p.screenshot('a6-event', card);
        await p.goToChannel(CHANNELS.announcements);
        const campaign = await p.cardWith('Semaine des métiers');
        await p.screenshot('a7-campaign', campaign);
        await campaign.press('Proposer une intervention');
        await campaign.shows(/Semaine des métiers/);
        await p.screenshot('a8-campaign-form', campaign);
      },
    ],
  ],
};
