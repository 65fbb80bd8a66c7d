/** A date that a coordinator fixes from an approved availability, and that its employee confirms: Camille on both sides. */
import assert from 'node:assert/strict';
import { addDays } from '../../../src/domain/days.js';
import { textOf } from '../../support/bot.js';
import { monday, weekdayIn } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

const schoolCode = '0929001J';

export const date: Flow = {
  name: 'date',
  steps: [
    [
      'a coordinator fixes a date from an approved availability, once warned that it is not at the hours offered',
      async ({ p, colleague }) => {
        await colleague('louis').write('bonjour');
        await setUpCoordination(p);
        await p.goToPersonalChat();
        const request = await p.send('à valider');
        await request.tap(/^Louis Fictif, depuis/);
        await request.press('Approuver');
        await request.shows('Approuvée');
        await colleague('louis').told('C’est d’accord pour votre proposition');
        await request.press('Fixer une date…');
        await request.shows('Louis Fictif est disponible');
        await request.click('Il n’est pas dans la liste');
        await request.fill({
          Jour: weekdayIn(20),
          De: '14:00',
          À: '15:00',
          'Établissement : nom ou code UAI': schoolCode,
        });
        await p.screenshot('51-date-form', request);
        await request.press('Fixer la date');
        await request.shows('Un point à vérifier');
        await request.shows(/^Ces heures ne sont pas celles proposées/);
        await p.screenshot('52-date-warned', request);
        await request.fill({ De: '10:00', À: '11:00' });
        await request.press('Fixer quand même');
        await request.shows(/^La date est fixée\s: /);
        await p.screenshot('53-date-fixed', request);
      },
    ],
    [
      'the employee is told and confirms, and the coordinators see it',
      async ({ p, colleague }) => {
        const louis = colleague('louis');
        const told = await louis.told('Une date pour vous : ');
        assert.match(textOf(told), /de 10 h à 11 h.*Collège Exemple des Moulineaux/);
        const confirmed = textOf(await louis.press(told, 'Oui, je viens'));
        assert.match(confirmed, /C’est convenu pour le /);
        assert.match(confirmed, /Merci, c’est confirmé\./);
        await p.goToChannel();
        const request = await p.cardWith('Louis Fictif propose');
        await request.shows(/, confirmée\)$/);
        await p.screenshot('54-date-seen', request);
      },
    ],
    [
      'as an employee, Camille gives an availability, gets a date and confirms it with one click',
      async ({ p, colleague }) => {
        const first = monday(false);
        await p.goToPersonalChat();
        const form = await p.send('proposer');
        await form.press('Donner mes disponibilités');
        await form.fill({
          'Niveau des élèves': '3e',
          'Académies des élèves': ['Versailles'],
          'À partir du': first,
          'Jusqu’au': addDays(first, 25),
          'Moments possibles': ['Le matin'],
        });
        await p.screenshot('55-date-availability', form);
        await form.press('Envoyer la proposition');
        await form.shows('Votre proposition est envoyée');

        const hugo = colleague('hugo');
        await p.goToChannel();
        await p.cardWith('Camille Modèle propose');
        const request = await hugo.send(p.buttonOf('Camille Modèle propose', 'Ouvrir la demande'));
        const approved = await hugo.press(request, 'Approuver');
        const dateForm = await hugo.press(approved, 'Fixer une date…');
        const day = { firstDay: addDays(first, 1), from: '10:00', until: '11:00', schools: schoolCode };
        const sent = await hugo.press(dateForm, 'Fixer la date', { ...day, school: '', remark: '' });
        assert.match(textOf(sent), /La date est fixée : mardi /);

        await p.goToPersonalChat();
        const told = await p.cardWith(/Une date pour vous\s: mardi/);
        await told.shows('Fixée par Hugo Témoin avec l’établissement');
        await p.screenshot('56-date-told', told);
        await told.press('Oui, je viens');
        // The answer thanks; the update of the same message, which everybody else would see, follows at once.
        await told.shows(/^C’est convenu pour le mardi/);
        await p.screenshot('57-date-agreed', told);
      },
    ],
  ],
};
