/**
 * First names common in France, of pupils and adults, and some English ones, in lower case without accents. A name
 * alone is harmless; with a class, an age, "élève" or "professeure" it identifies somebody.
 */
const firstNameList = `
  aaron abdel abdoulaye abel abigail achille adam adele adem adil adrian adriana adrien agathe agnes ahmed
  aicha aida aiden aisha alan alban albane alessandro alessio alex alexandra alexandre alexia alexis alfie
  alice alicia alienor alina aline aliou alison alix aliya alma aloys alya alyssa amadou amal amandine
  amaury amber ambre ambrine amelia amelie amin amina aminata amine amir amira amy ana anae anais ananya
  anas anastasia anatole andre andrea andrew andy angela angele angelina angelique anna annabelle anne annie
  anouk anthony antoine antonin apolline archie arjun arnaud arthur arwen ashley assa assia astrid aubin
  audrey augustin aurelie aurelien aurore ava axel axelle aya ayden aylin ayline aymen ayoub ayse
  baptiste barbara basile bastien beatrice beatriz benedicte benjamin benoit bernard bertrand bethany bilal
  boris boubacar brahim brandon brian brice brigitte bruno bryan
  caleb callum calvin camelia camila camille candice capucine carine carla carlos carole caroline cassandra
  cassandre caterina catherine cecile cedric celeste celia celine celya chantal charles charlie charline
  charlotte cheick cheikh chiara chloe christelle christian christine christophe claire clara claude claudia
  claudine clea clelia clemence clement clementine cleo clotilde colette coline come connor constance
  constant coralie corentin corinne coumba cynthia cyprien cyril
  daisy dalia damien dan daniel daniela danielle daphne daryl david deborah delphine denis diana diane
  diarra didier diego dimitri dina djeneba djibril dmitri dominique dorian dorothee driss dylan
  eden edgar edith edouard eileen elea eleanor elena eleonore elia eliana elias elie elif eline eliot eliott
  elisa elisabeth elise elizabeth ella ellie elliot elodie eloise elsa elya elyne emeline emeric emerick
  emilie emilien emily emma emmanuel emmanuelle emmie emmy emre emy enora enzo eric erwan erwann esteban
  estelle ester ethan etienne eugenie eva evan eve evelyn evelyne ewen
  fabien fabienne fabio fabrice fadi fanny fares farid fatih fatim fatima fatou fatoumata felicie felix
  ferdinand finley fiona flavie flavien flora flore florent florian francine franck francois francoise frank
  fred freddie frederic frederique freya
  gabin gabriel gabriela gabriella gabrielle gael gaelle gaetan gaspard gauthier genevieve george georges
  gerald geraldine gerard ghislaine gilbert gilles ginette giulia grace graham greg gregoire gregory
  guillaume gustave guy gwenaelle gwendal gwendoline gwenn
  habib hadrien hafsa hakim hamza hana hanna hannah haroun harper harry hassan hatice hazel heather hector
  helena helene heloise henri henry herve hippolyte holly houda houria howard hugo hugues hussein
  ian ibrahim ibrahima idris idriss igor ilan ilana ilhan iliana ilona ilyan ilyana ilyas ilyes ilyess imane
  imran imrane inaya ines ingrid irina iris isaac isabella isabelle isaiah isis isla ismael ismail israa
  issa ivan ivy iyad izia
  jack jackson jacob jacqueline jacques jade jakub jalil james jamila jane janelle janna jasmine jason
  javier jawad jayden jean jeanne jeff jenna jennifer jeremie jeremy jerome jessica jessy jihane joachim
  joana joanna joao joaquim joaquin jocelyne joe joel joelle johan johanna john johnny jonas jonathan jordan
  joris jose joseph josephine joshua josiane josue joy joyce judith jules julia julian juliana julie julien
  juliette justin justine
  kadiatou kadidia kais kamel kamil kamila karen karim karima karine karl kassandra katarina kate kathleen
  katia katya kayden kayla kayna keira keith kelly kelyan kemal kenan kenny kenza kevin khadija khadim
  khalil kiara kieran kilian killian kim kimberly klara kylian kyllian
  laetitia laila lamia lana lara lassana laura laure laureen lauren laurence laurene laurent laurie laurine
  layla lea leana leandre leane leila leina lena lenny leo leon leonard leonie leonore leopold leslie
  leticia levi leyla lia liam lila lilas lili lilia liliane lilly lilou lily lin lina linda linh lino linoa
  lisa lise lison livia liya liza lizea loan loane logan loic lois lola lorenzo loris lou louane louay louis
  louisa louise louka louna luc luca lucas lucia lucie lucien lucile lucille ludivine ludovic luis luisa
  luka lukas luke lyam lydia lydie lyna lyne lynn lyse
  mael maelie maelle maelys maeva magali magalie mahe maia maissa maiwenn malak malek malia malik malika
  malo mamadou manel manon manuel manuela marc marceau marcel marcelle marco margaret margaux margot maria
  mariam mariama mariame marianne marie marielle mariem marilou marin marine mario marion marius marjorie
  mark marta martha martin martine marwa marwan mary maryam maryse mason mateo mathias mathieu mathilde
  mathis mathys matilda matteo matthew matthias matthieu matthis maud maureen maurice max maxence maxime
  maxine maya maylis megan mehdi mehmet melanie melina meline melissa melodie melvin melvyn merwan meryem
  mia michael michel michele micheline mickael miguel mike mila milan milena millie milo mina minh mireille
  miriam modibo mohamed mohammed moise mona monica monique morgan morgane moussa muhammad muriel mustafa
  mustapha mya mylan mylene myriam
  nabil nada nadege nadia nadine nael naelle nahel nahil nail naila naim naima najib naomi naomie nasser
  nassim natacha natalia natalie nathalie nathan nathanael nawel nayla nelly nelson nesrine neyla nicolas
  nicole nikita nils nina ninon noa noah noam noe noelie noelle noemie noham nolan nolann nolwenn noor nora
  norah nour nouria
  ocean oceane octave odette odile oleksandr olena olga olive oliver olivia olivier olympe omar ophelie
  orlando orlane oscar ouissam oumar oumou ousmane oussama owen
  pablo paloma paola pascal pascale patrice patricia patrick paul paula paulette pauline pedro penelope
  perrine peter philippe philomene pia pierre pierrick poppy priscilla priya prune
  quentin
  rachel rachid rafael rahul rania raphael raphaelle rayan rayane raymond rebecca regis reine remi remy
  renaud rene renee reyhan ricardo richard rita robert robin robinson rodrigo rodrigue roger roland romain
  roman romane romeo romy ronan rosa rosalie rose rosie roxane ruben ruby rui ruth ryan
  sabine sabri sabrina sacha safa safia sahra said salah saliha salim salima salimata salma salome salomon
  sam samantha samba sami samia samir samira samuel samy sandra sandrine sandy sara sarah sasha saskia
  scarlett scott sean sebastian sebastien sekou selena selene selim selma selya serena serge serine severine
  seydou shaina shana shanon sharon sherine sibylle sidney sidonie silvia simeon simon simone sina sirine
  slimane soan sofia sofiane sofya sohan solal solange solene soline sonia sophia sophie soraya souleymane
  soumaya stacy stan stella stephane stephanie stephen steve steven sullivan susan suzanne suzie svetlana
  swann sybille sylvain sylvie syrine
  talia tanguy tania tao tara tasnim tatiana tess tessa thais thalia thea theo theodore theophile theotime
  therese thiago thibaud thibault thibaut thierry thomas tiago tidiane tiffany timeo timothe timothee tina
  titouan toby tom tomas tommy toni tony tristan tyler tyron
  ulysse
  valentin valentina valentine valere valerie vanessa vera veronique vianney victoire victor victoria vikram
  vincent violette virginie viviane vivien
  wael walid warren wassim wendy wesley wiam wilfried will william willy wissam wyatt
  xavier
  yacine yael yan yanis yann yannick yannis yasmina yasmine yasser yassin yassine yazid ylan yoan yoann
  yohan yohann yolande youcef younes younous youssef youssouf ysee yuna yusuf yvan yves yvette yvonne
  zacharia zacharie zachary zahra zak zakaria zakarya zayd zayn zelie zeynep zia zineb zoe zoey zohra`;

/** Names that are also everyday words: they count only with a capital. */
const everydayWordList = `
  ambre amine ange brice camelia candice capucine carole celeste claire clement come constance daisy eden
  ella eve flore grace guy hazel heather holly iris isis ivy jade jean jordan joy lilas lin lino lise manuel
  marc marin marine mark max mike milan mina nail ocean olive pascal pierre poppy prune reine rene robin
  roman romane rose rosie ruby said sam sandy solene stella tara tess victoire violette will`;

const toSet = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));
const firstNames = toSet(firstNameList);
const everydayWords = toSet(everydayWordList);

/** Whether a word without accents, in its given case, is a first name. */
export const isFirstName = (word: string): boolean => {
  const lower = word.toLowerCase();
  return firstNames.has(lower) && (word !== lower || !everydayWords.has(lower));
};
