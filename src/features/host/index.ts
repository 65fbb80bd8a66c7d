import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { formIds } from '../shared/form.js';
import { offerFormActions, openForm, submitForm } from '../shared/offer-form.js';
import { hostForm } from './form.js';

/** UAI codes of schools and codes of académies: `0690001X,0690002Y|09,10`. */
const possiblePlaces = z.string().regex(/^[\w,]{0,120}\|[\w,]{0,200}$/);
const proposal = z.string().regex(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);

/** Offer to host pupils in the company (article 3). */
export const host: Feature = {
  name: 'host',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['accueillir'], en: ['host'] },
  open: (actor, services, start) => openForm(hostForm, actor, services, start),
  actions: {
    ...offerFormActions(hostForm),
    useDates: action({
      input: formIds.extend({ proposal }),
      run: (actor, data, services) => {
        const [firstDay, lastDay] = data.proposal.split('/');
        return submitForm(hostForm, actor, { ...data, firstDay, lastDay }, services);
      },
    }),
    keepPossible: action({
      input: formIds.extend({ proposal: possiblePlaces }),
      run: (actor, data, services) => {
        const [schools, academies] = data.proposal.split('|');
        return submitForm(hostForm, actor, { ...data, schools, academies, school: '' }, services);
      },
    }),
  },
};
