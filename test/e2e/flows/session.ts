/** A session with two seats, from its publication to its cancellation, as Camille lives it: coordinator, and third to come. */
import assert from 'node:assert/strict';
import { USERS } from '../../../scripts/playground/config.js';
import { addDays } from '../../../src/domain/days.js';
import { textOf } from '../../support/bot.js';
import { monday } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

const heading = 'Parler de son métier à une classe de 3e';
const tuesday = addDays(monday(false), 1);
const thursday = addDays(tuesday, 2);
const reason = 'Le collège a un examen blanc ce jour-là.';

/** People are told of a change two minutes later, so that one who goes on changing tells them once. */
const afterMs = 3 * 60_000;

export const session: Flow = {
  name: 'session',
  steps: [
    [
      'two colleagues take the two seats of a session, and Camille waits for one',
      async ({ p, colleague }) => {
        // From now on the bot knows their chats.
        for (const name of ['ines', 'louis'] as const) await colleague(name).write('bonjour');
        await setUpCoordination(p);
        const form = await p.mention('publier');
        await form.press('Publier une séance');
        await form.click('Il n’est pas dans la liste');
        await form.fill({
          'Niveau des élèves': '3e',
          Jour: tuesday,
          De: '10:00',
          À: '11:00',
          'Établissement : nom ou code UAI': '0929001J',
          'Personnes demandées (1 à 50)': '2',
        });
        await form.press('Publier la séance');
        await form.shows('La séance est publiée');
        const published = await p.cardWith(heading);
        await published.shows('2 places libres');
        for (const user of [USERS.ines, USERS.louis]) await p.pressAs(user, heading, 'Je participe');
        await published.shows('Complète');
        await published.shows('Inès Exemple, Louis Fictif');
        await p.screenshot('30-session-full', published);
        await p.goToPersonalChat();
        const list = await p.send('séances');
        await list.tap(/^Complète/);
        await list.press('Me mettre sur la liste d’attente');
        await list.shows('Elle est complète : vous êtes sur la liste d’attente.');
        await p.screenshot('31-session-waiting', list);
      },
    ],
    [
      'one withdraws: Camille has the seat and is told, and the coordinators read who left and who came',
      async ({ p, colleague }) => {
        await p.goToChannel();
        // The button that Inès’s own view of the card has.
        await p.pressAs(USERS.ines, heading, 'Ouvrir la séance', { verb: 'sessions.leave' });
        const freed = await p.cardWith('Inès Exemple rend sa place');
        await freed.shows('Camille Modèle attendait et a maintenant la place.');
        await p.screenshot('32-session-freed', freed);
        await p.goToPersonalChat();
        const seated = await p.cardWith('Une place s’est libérée : vous participez');
        await p.screenshot('33-session-promoted', seated);
        assert.equal(colleague('louis').countTold('Une place s’est libérée'), 0);
      },
    ],
    [
      'the day changes: those who have a seat are told once what it was and what it is, and confirm',
      async ({ p, colleague, runJob }) => {
        const card = await p.send('séances');
        await card.tap(/^Vous participez/);
        await card.press('Gérer la séance');
        await card.shows('2 places prises sur 2');
        await p.screenshot('34-session-manage', card);
        await card.press('Modifier');
        await card.fill({ Jour: thursday });
        await p.screenshot('35-session-edit', card);
        await card.press('Enregistrer');
        await card.shows(/^C’est modifié/);
        await card.shows(/^2 réponses attendues d’ici le/);
        await p.screenshot('36-session-edited', card);
        await runJob(['reminders', '--at', new Date(Date.now() + afterMs).toISOString()]);

        const news = await p.cardWith(/La séance du .+ change/);
        await news.shows(/^Avant\s: mardi .+, de 10\sh à 11\sh$/);
        await news.shows(/^Maintenant\s: jeudi .+, de 10\sh à 11\sh$/);
        await news.shows('À confirmer');
        await p.screenshot('37-session-changed', news);
        await news.press('Oui, je viens');
        await news.shows('Merci, c’est confirmé.');
        await p.screenshot('38-session-confirmed', news);

        const louis = colleague('louis');
        const told = await louis.told('La séance du mardi');
        assert.match(textOf(told), /Avant : +\| mardi .+ Maintenant : +\| jeudi /);
        assert.match(textOf(await louis.press(told, 'Oui, je viens')), /Merci, c’est confirmé\./);
        assert.equal(louis.countTold('La séance du'), 1);
      },
    ],
    [
      'it is cancelled with a reason: all who came or would have come read it, and who had left does not',
      async ({ p, colleague }) => {
        const card = await p.cardWith('Qui vient, qui attend');
        await card.click('Annuler la séance…');
        await card.fill({ 'Motif, lu par toutes les personnes concernées': reason });
        await p.screenshot('39-session-cancel', card);
        await card.press('Confirmer l’annulation');
        await card.shows('La séance est annulée. Les personnes concernées sont prévenues.');
        await p.screenshot('40-session-cancelled', card);
        await p.goToChannel();
        const published = await p.cardWith(heading);
        await published.shows(/^Annulée/);
        await published.shows(new RegExp(reason));
        await p.screenshot('41-session-off', published);
        const told = textOf(await colleague('louis').told('est annulée'));
        assert.match(told, new RegExp(`Annulée.*Camille Modèle.*${reason}`));
        assert.equal(colleague('ines').countTold('est annulée'), 0);
      },
    ],
  ],
};
