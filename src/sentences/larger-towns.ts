import { foldName } from './tokens.js';

/**
 * Towns that people name whether or not a school of theirs is in the directory: prefectures, and communes that have
 * about 20 000 inhabitants or several schools.
 */
export const largerTowns: ReadonlySet<string> = new Set(
  `
  Paris|Marseille|Lyon|Toulouse|Nice|Nantes|Montpellier|Strasbourg|Bordeaux|Lille|Rennes|Reims|Toulon|Saint-Étienne|
  Le Havre|Grenoble|Dijon|Angers|Villeurbanne|Nîmes|Clermont-Ferrand|Le Mans|Aix-en-Provence|Brest|Tours|Amiens|Limoges|
  Annecy|Perpignan|Metz|Besançon|Orléans|Rouen|Mulhouse|Caen|Nancy|Saint-Denis|Argenteuil|Roubaix|Tourcoing|Montreuil|
  Avignon|Nanterre|Créteil|Vitry-sur-Seine|Dunkerque|Aubervilliers|Poitiers|Versailles|Colombes|Asnières-sur-Seine|
  Asnières|Courbevoie|Rueil-Malmaison|Champigny-sur-Marne|Pau|La Rochelle|Béziers|Cannes|Antibes|Saint-Maur-des-Fossés|
  Mérignac|Saint-Nazaire|Colmar|Calais|Ajaccio|Bastia|Drancy|Bourges|Issy-les-Moulineaux|Issy|Levallois-Perret|Levallois|
  Noisy-le-Grand|Quimper|La Seyne-sur-Mer|Valence|Vénissieux|Troyes|Neuilly-sur-Seine|Neuilly|Antony|Pessac|Ivry-sur-Seine|
  Ivry|Cergy|Cergy-Pontoise|Clichy|Chambéry|Lorient|Montauban|Niort|Sarcelles|Villejuif|Saint-Quentin|Hyères|
  Épinay-sur-Seine|Beauvais|Cholet|Pantin|Maisons-Alfort|Meaux|Narbonne|Chelles|Bondy|Vannes|Fréjus|La Roche-sur-Yon|Arles|
  Clamart|Fontenay-sous-Bois|Sartrouville|Bobigny|Grasse|Évry|Évry-Courcouronnes|Saint-Ouen|Laval|Belfort|Albi|
  Vincennes|Suresnes|Martigues|Bayonne|Brive-la-Gaillarde|Brive|Carcassonne|Charleville-Mézières|Corbeil-Essonnes|Corbeil|
  Blois|Saint-Brieuc|Aubagne|Aulnay-sous-Bois|Aulnay|Le Blanc-Mesnil|Livry-Gargan|Massy|Meudon|Puteaux|Rosny-sous-Bois|Rosny|
  Salon-de-Provence|Sète|Alfortville|Mantes-la-Jolie|Mantes|Saint-Priest|Vaulx-en-Velin|Caluire-et-Cuire|Caluire|Bron|
  Châlons-en-Champagne|Châlons|Chalon-sur-Saône|Chalon|Bourg-en-Bresse|Tarbes|Castres|Arras|Douai|Lens|Valenciennes|
  Boulogne-sur-Mer|Boulogne-Billancourt|Boulogne|Maubeuge|Cambrai|Liévin|Wattrelos|Marcq-en-Barœul|Villeneuve-d'Ascq|
  Armentières|Béthune|Hénin-Beaumont|Saint-Omer|Hazebrouck|Compiègne|Creil|Soissons|Laon|Senlis|Abbeville|Évreux|Dieppe|
  Vernon|Louviers|Elbeuf|Fécamp|Cherbourg|Cherbourg-en-Cotentin|Saint-Lô|Lisieux|Alençon|Argentan|Flers|Bayeux|Avranches|
  Coutances|Granville|Vire|Saint-Malo|Fougères|Vitré|Redon|Dinan|Lannion|Guingamp|Morlaix|Concarneau|Douarnenez|Landerneau|
  Quimperlé|Pontivy|Auray|Ploërmel|Saint-Herblain|Rezé|Orvault|Vertou|Carquefou|Châteaubriant|Ancenis|Saumur|
  Les Sables-d'Olonne|Challans|Fontenay-le-Comte|La Flèche|Sablé-sur-Sarthe|Mayenne|Château-Gontier|Chartres|Dreux|
  Châteaudun|Vendôme|Romorantin|Montargis|Gien|Pithiviers|Vierzon|Châteauroux|Issoudun|Joué-lès-Tours|Chinon|Amboise|Loches|
  Châtellerault|Angoulême|Cognac|Saintes|Rochefort|Royan|Bressuire|Parthenay|Thouars|Guéret|Tulle|Périgueux|Bergerac|Sarlat|
  Agen|Marmande|Villeneuve-sur-Lot|Talence|Bègles|Arcachon|Libourne|Langon|Mont-de-Marsan|Dax|Biarritz|Anglet|Orthez|Oloron|
  Lourdes|Auch|Blagnac|Colomiers|Muret|Tournefeuille|Labège|Foix|Pamiers|Cahors|Figeac|Rodez|Millau|Mende|Alès|Lunel|Agde|
  Bagnols-sur-Cèze|Carpentras|Cavaillon|Orange|Apt|Pertuis|Istres|Vitrolles|Marignane|La Ciotat|Gardanne|Draguignan|
  Saint-Raphaël|Brignoles|Menton|Cagnes-sur-Mer|Vallauris|Sophia Antipolis|Sophia-Antipolis|Valbonne|Mougins|
  Digne-les-Bains|Digne|Manosque|Gap|Briançon|Montélimar|Romans-sur-Isère|Romans|Privas|Annonay|Aubenas|Vienne|Voiron|
  Échirolles|Meylan|Bourgoin-Jallieu|Villefranche-sur-Saône|Villefranche|Givors|Oullins|Écully|Roanne|Saint-Chamond|
  Montbrison|Firminy|Le Puy-en-Velay|Le Puy|Aurillac|Riom|Issoire|Thiers|Vichy|Montluçon|Moulins|Nevers|Cosne|Mâcon|
  Montceau-les-Mines|Le Creusot|Autun|Beaune|Dole|Lons-le-Saunier|Pontarlier|Montbéliard|Vesoul|Auxerre|Sens|Avallon|
  Chaumont|Langres|Saint-Dizier|Vitry-le-François|Épernay|Sedan|Verdun|Bar-le-Duc|Épinal|Saint-Dié|Saint-Dié-des-Vosges|
  Lunéville|Toul|Thionville|Forbach|Sarreguemines|Haguenau|Schiltigheim|Illkirch|Sélestat|Saverne|Obernai|Saint-Louis|
  Guebwiller|Thonon-les-Bains|Thonon|Annemasse|Cluses|Aix-les-Bains|Albertville|Chamonix|Fontainebleau|Melun|Provins|
  Torcy|Marne-la-Vallée|Pontault-Combault|Coulommiers|Lagny|Pontoise|Ermont|Franconville|Garges|Garges-lès-Gonesse|Gonesse|
  Goussainville|Bezons|Poissy|Saint-Germain-en-Laye|Rambouillet|Les Mureaux|Les Ulis|Palaiseau|Orsay|Saclay|Étampes|
  Savigny-sur-Orge|Athis-Mons|Brunoy|Trappes|Guyancourt|Saint-Quentin-en-Yvelines|Vélizy|Vélizy-Villacoublay|Plaisir|
  Houilles|Chatou|Le Chesnay|Conflans|Conflans-Sainte-Honorine|Gennevilliers|Bagneux|Malakoff|Montrouge|Châtillon|
  Fontenay-aux-Roses|Sceaux|Le Plessis-Robinson|Châtenay-Malabry|Garches|Saint-Cloud|Sèvres|Chaville|La Défense|
  Villeneuve-la-Garenne|Bois-Colombes|La Garenne-Colombes|Bagnolet|Les Lilas|Romainville|Noisy-le-Sec|Sevran|Stains|
  Villepinte|Tremblay|Tremblay-en-France|La Courneuve|Pierrefitte|Gagny|Villemomble|Le Raincy|Neuilly-sur-Marne|
  Nogent-sur-Marne|Le Perreux|Joinville-le-Pont|Charenton|Charenton-le-Pont|Thiais|Choisy-le-Roi|Orly|Rungis|Fresnes|
  L'Haÿ-les-Roses|Cachan|Arcueil|Gentilly|Le Kremlin-Bicêtre|Villeneuve-Saint-Georges|Sucy-en-Brie|
  Fort-de-France|Le Lamentin|Pointe-à-Pitre|Les Abymes|Baie-Mahault|Basse-Terre|Cayenne|Kourou|Saint-Pierre|Le Tampon|
  Saint-Paul|Mamoudzou|Saint-Laurent-du-Maroni|Corte|Porto-Vecchio|Calvi|
  Aix|Sophia|Sophia Antipolis|Clermont|Saint-Étienne|Saint-Germain|Saint-Maur|Fontenay|Rueil|Vitry|Champigny|Boulogne|Massy|
  Noisy|La Roche|Châlons|Chalon|Charleville|Saint-Brieuc|Thionville|Bruay|Hénin|Liévin|La Ciotat|Saint-Nazaire|Bourg-en-Bresse`
    .split('|')
    .map(foldName),
);
