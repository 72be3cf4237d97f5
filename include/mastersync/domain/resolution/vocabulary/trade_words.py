"""Words of trade in English, German, French, Spanish, Italian, Dutch and of India."""

from mastersync.domain.resolution.vocabulary.tables import words

# Words of trade, by their canonical spelling too: two names that differ in them alone are
# suspicious, not different.
GENERIC_WORDS = words(
    """
  accessories accountancy accountants accounting acoustics adhesives advertising advisers
  advisors advisory aerospace agencies agency agents agricultural agriculture agro air airlines
  airways alliance allied aluminium aluminum analytics and apparel appliances architects
  architecture arts assets associated associates association assurance audio auto automation
  automobile automobiles automotive aviation bakery bakers bank banking bar bearings beauty
  benefits beverage beverages bioscience biotech bistro boats body books boutique brands
  brasserie brewery brewing broadcasting brokers brothers builders building buildings bureau
  business cable cafe capital car carbon cards care cargo carpentry carpets carriers cars casino
  castings catering cement center central centre ceramics chain charter chemical chemicals
  chemist cinema city civil classic clean cleaners cleaning clinic clinical clothing club coach
  coal coast coatings coffee college commerce commercial commodities communication
  communications community companies components composites computer computers computing concepts
  concrete conditioning conference construction constructions consultancy consultants consulting
  consumer container containers contract contracting contractors contracts control controls
  cooling corporate corporation cosmetics council counsel country courier couriers craft
  creations creative credit custom customs cycles dairy data deli delivery dental dentistry
  department design designers designs detergents development developments devices diagnostics
  digital diner direct discount display distribution distributing distributor distributors
  drilling drinks drugs eastern eco ecommerce edge education educational electric electrical
  electricals electro electronic electronics elevators emporium energy engineering engineers
  enterprise enterprises entertainment environmental equipment equity estate estates european
  europe events exchange exhibitions exim expert experts export exports express extrusions
  fabric fabrication fabricators fabrics facilities factory family farm farming farms fashion
  fashions fastenings feed feeds fertilizers fiber film films finance financial fire first
  fisheries fitness fittings flooring floors flour food foods foodservice footwear forging
  forwarding foundation foundry frame freight fresh fruit fruits fuel fuels funding funds
  furnishings furniture gallery games garage gardens garments gas gear general global goods
  grain granite graphic graphics great grill grocers grocery group guest hair handels hardware
  health healthcare heating heavy high hire holding holdings holiday holidays home homes
  horticulture hospital hospitality hotel hotels house housing human hydraulics ice imaging
  impex implements import imports india industrial industries industry information infra
  infrastructure infotech inn innovation innovations instruments insulation insurance integrated
  interactive interior interiors international internet invest investment investments investors
  iron jewelers jewellers jewellery jewelry joinery kitchen kitchens label laboratories
  laboratory labs landscape landscaping language laundry law leasing leather legal leisure life
  lifestyle lift lighting lights line lines links lite live living loans local locksmiths
  logistic logistics lumber machine machinery machines mail maintenance management managers
  manufacturers manufacturing marble maritime market marketing markets masonry materials
  maternity meat meats mechanical media medical medicine medics metal metals mfg mineral
  minerals mining ministry mobile mobility models modern mortgage motor motors moulding movers
  multi museum music mutual nation national natural nature net network networks new news
  northern nursery nursing nutrition ocean office offshore oil old online operations optical
  opticians organic organisation organization outdoor overseas packaging packers paint paints
  palace paper papers parking partner partners partnership parts party pension performance
  personal pest pet petroleum pharma pharmaceutical pharmaceuticals pharmacy photo photography
  physiotherapy pictures pipe pipes pizza pizzeria placement planning plant plants plastic
  plastics plating plumbers plumbing plus polymers ports post poultry power precision premier
  prestige press print printers printing private pro process processing processors produce
  producers product production productions products professional professionals programs project
  projects promotions properties property protection provisions pub public publications
  publishers publishing pumps quality quarry rail railway ready real realty records recovery
  recruitment recycling refinery refrigeration regional removals renewables rental rentals
  repair repairs research reserve resort resources restaurant restaurants retail roofing safety
  salon sales savings scaffolding school schools science sciences scientific screen seafood
  seafoods secretarial securities security seeds select semiconductor senior service services
  shipping shoes shop shoppe shops shutters signs silk site society soft software solar solution
  solutions son sons sound southern spa spares special specialist specialists specialities
  specialties specialty sport sports staffing stainless standard stars state states station
  stationers stationery steak steakhouse steel steels storage store stores strategic strategies
  studio studios sugar suites super supermarket supplies supplier suppliers supply support
  supreme surgery surgical surveyors surveying surveys sustainable system systems taxi team tech
  technical technics technological technologies technology telecom telecommunications telecoms
  television textile textiles theatre therapy tiles timber time tobacco tools total tour tourism
  tours tower toys trade traders trading traditional trailers training transfer transformers
  transit translations transport transportation transports travel travels trends trucking trucks
  trust tubes tyres union united universal university urban utilities valley valves vegetable
  vehicle vehicles ventures veterinary video village vintage vision warehouse warehousing waste
  watch water wealth wear wedding welding wellness western wheels wholesale wholesalers windows
  wine wines wire wireless wooden work works workshop workshops world worldwide yacht yachts
  yard
""",
    """
  abfall agentur akademie altenpflege anlagen anlagenbau antriebstechnik anwalt anwalte apotheke
  arbeit architekten arzt auto autohaus autoteile autovermietung backerei bad bau bauelemente
  baugesellschaft baustoffe bautrager bauunternehmen bauunternehmung bedachungen bekleidung
  beratung bestattungen betrieb betriebe bio blumen bodenbelage brauerei buch buchhandlung buro
  catering chemie computer dach dachdecker datentechnik datenverarbeitung deutsche deutschland
  dienste dienstleistung dienstleistungen drogerie druck druckerei edelstahl edv einrichtungen
  einzelhandel eisen elektrik elektro elektroinstallation elektronik elektrotechnik energie
  energietechnik entsorgung entwicklung erben erdbau ernahrung europa fabrik fahrrad fahrschule
  fahrzeugbau fahrzeuge fenster feinkost fleischerei fleisch fliesen forderung forschung forst
  franchise frisch frisor futter garten gartenbau garten gastronomie gaststatte gebaude
  gebaudereinigung gebaudetechnik gebruder gerate geratebau gerust gerustbau gesellschaft
  gesundheit getranke gewerbe gross grosshandel handel handels handelshaus handwerk haus hausbau
  hausverwaltung haustechnik hebetechnik heizung hochbau holzbau hotel immobilien import
  industrie industrietechnik informatik ingenieur ingenieurburo innenausbau instandhaltung
  institut international internationale isolierung kaffee kalte kaltetechnik kanzlei keramik kfz
  kindergarten klima klimatechnik klinik kommunikation konditorei konstruktion kosmetik
  kraftfahrzeuge krankenhaus kuche kuchen kunst kunststoff kunststoffe kunststofftechnik labor
  lack lackierung lager landhandel landmaschinen landtechnik landwirtschaft lebensmittel leder
  logistik malerbetrieb management manufaktur marketing markt maschinen maschinenbau mechanik
  medien medizin medizintechnik mess messtechnik metall metallbau metallverarbeitung metzgerei
  miete mobel mobelhaus mode montage montagen motoren muhle musik nahrung norddeutsche
  nutzfahrzeuge obst ofen optik optiker ost papier partner personal personaldienstleistungen
  pflanzen pflege pharma photovoltaik planung praxis prazision produkte produktion produktions
  projekt projektentwicklung rechtsanwalt rechtsanwalte recycling regel reifen reinigung reisen
  reiseburo renovierung reparatur restaurant rohr rohrleitungsbau sachverstandiger sanierung
  sanitar sanitaer schiffahrt schlosserei schmuck schreinerei schuh schuhe schule schutz
  schweiss schweisstechnik seniorenheim service sicherheit sicherheitstechnik software sohn
  sohne solar spedition spezial spiel spielwaren sport stadt stadtwerke stahlbau stahlhandel
  steuer steuerberater steuerberatung steuerberatungsgesellschaft stiftung strassenbau strom
  suddeutsche system systeme systemhaus tank tankstelle technik technische technologie
  technologien teile telekommunikation textil textilien tief tiefbau tier tierarzt tischlerei
  tochter touristik transport transporte trockenbau tur turen uhren umwelt umwelttechnik umzuge
  unternehmen unternehmensberatung unternehmensgruppe verarbeitung verband verein vereinigte
  verkauf verkehr verkehrsbetriebe verlag vermietung vermogen vermogensverwaltung verpackung
  verpackungen versand versicherung versicherungen verwaltung verwaltungs vertrieb vertriebs
  verwertung wasser weinbau weingut weinhandlung werbe werbeagentur werbung werk werke werkstatt
  werkzeug werkzeugbau werkzeuge werkzeugmaschinen wirtschaft wirtschaftsprufung
  wirtschaftsprufungsgesellschaft wohnbau wohnen wohnungsbau zaun zentrale zentrum zimmerei zoo
  zulieferer beteiligung beteiligungen beteiligungs beteiligungsgesellschaft grundstucks
  grundstucksgesellschaft
""",
    """
  accueil achat agence agences agencement agricole agro alimentaire alimentation alliance
  ambulances amenagement analyses animaux anciens antiquites appareils architecte architecture
  artisan artisanal artisans assainissement assurance assurances atelier ateliers atlantique
  audit auto automatisme automobile automobiles avocat avocats bar batiment batiments beaute
  bijouterie bio bois boisson boissons boucherie boulangerie boutique brasserie bureau
  bureautique cabinet cafe cafes camping carrelage carrosserie carrieres caves centrale centre
  chambre charcuterie charpente charpentes chaud chauffage chaudronnerie chaussures chimie
  cinema climatisation clinique club coiffure comite commerce commercial communication compta
  comptable comptables comptoir concept confection conseil conseils conserverie construction
  constructions controle cooperative cosmetique couture couverture creation creations credit
  cuisine cuisines culture dechets decor decoration demenagement demenagements dentaire
  depannage design developpement diagnostic diffusion distribution domaine eau eaux ecole
  edition editions electricite electrique electromenager electronique elevage emballage
  emballages energie energies enfants entreprise entreprises entretien environnement epicerie
  equipement equipements espace espaces esthetique etanchete etancheite etude etudes europe
  europeen europeenne expert expertise experts exploitation export facade fermeture fermetures
  ferme finance finances financiere fleurs fleuriste foncier fonciere fonderie formation
  fournitures france francais francaise freres froid fromagerie fruits garage general generale
  gestion gros grossiste groupe groupement habitat habitation habillement holding hopital
  horlogerie hotel hotels huile hygiene images immo immobilier immobiliere import imprimerie
  industrie industriel industrielle industries info informatique ingenierie institut
  installation installations interim interieur international internationale investissement
  investissements isolation jardin jardins jeux joaillerie laboratoire laboratoires lait
  laiterie lavage librairie literie location locations logement logiciel logistique loisirs
  machines maconnerie magasin magasins maintenance maison maisons manufacture maraicher
  marbrerie maritime marketing materiaux materiel materiels mecanique medical medicale menage
  menuiserie menuiseries metal metallerie metallique metaux meuble meubles minoterie mobilier
  mode montage moteurs moulins multimedia musique mutuelle national nationale nautique negoce
  nettoyage optique outillage papeterie parfumerie patisserie patrimoine paysage paysages
  paysagiste peche peinture peintures pepiniere pepinieres pharmacie photo piscine piscines
  plastique plastiques platrerie plomberie pneus pneumatiques poissonnerie pompes port poterie
  precision presse pressing prestations prestige production productions produit produits projet
  promotion proprete protection provence publicite quincaillerie realisation realisations
  recherche recuperation recyclage regional renovation reparation repas residence restaurant
  restauration reseau reseaux revetement robinetterie routiere salaisons sanitaire sante scierie
  sciences secours secretariat securite serrurerie service services signalisation solaire sols
  solution solutions sport sports surgeles surveillance systeme systemes taxi taxis technique
  techniques technologie technologies telecom telecoms terrassement terrassements textile
  textiles theatre tissus tole tolerie toiture tourisme traiteur transformation transport
  transporteur transports travaux travail tuiles usinage utilitaires vegetal vehicules vente
  verre verrerie vetements viande viandes vie ville vin vins vignoble vignobles viticole
  volailles voyage voyages fils fille filles
""",
    """
  abogados aceites aceros aduanas agencia agencias agricola agro agua aguas alimentacion
  alimentaria alimentos almacen almacenes alquiler aluminios ambiental arquitectos arquitectura
  arte asesores asesoria asesoramiento asociados audiovisual automocion automoviles autos ayuda
  azulejos banco bebidas belleza bienes bodega bodegas cafe cafeteria calidad calzados camiones
  canarias capital carne carnes carniceria carpinteria carpinterias casa central centro ceramica
  ceramicas cerrajeria cia clima climatizacion clinica club cocinas colegio combustibles
  comercial comercializadora comercio compras comunicacion comunicaciones congelados conservas
  construccion construcciones constructora consultores consultoria contratas control cooperativa
  correduria credito cristaleria cultivos curtidos decoracion dental deportes derivados
  desarrollo desarrollos diseno distribucion distribuciones distribuidora distribuidores
  edificaciones ediciones editorial electrica electricas electricidad electrodomesticos
  electronica embutidos empaques empresa empresas energia energias ensenanza envases
  equipamientos equipos espana espanola estacion estructuras estudio estudios europea
  excavaciones explotaciones exportacion exportadora fabrica fabricacion fabricados familia
  farmacia ferreteria financiera finca fincas fontaneria forestal formacion fotografia frio
  frutas fruteria fundacion fundicion ganadera ganaderia gas gestion gestoria grafica graficas
  granja grupo herederos hermanos hidraulica hierros hijo hijos hogar hormigones hospital
  hosteleria hostal hotel hoteles iberica iluminacion imagen importacion importaciones
  importadora imprenta industria industrial industriales informatica ingenieria ingenieros
  inmobiliaria inmobiliarias instalaciones instituto integral internacional inversion
  inversiones investigacion jardineria joyeria laboratorio laboratorios lacteos limpieza
  limpiezas logistica logisticos maderas mantenimiento mantenimientos maquinaria maquinas
  marketing marmoles materiales mecanica mecanizados medica medicos medio mercado metales
  metalicas metalurgica minera mobiliario moda montajes motor muebles nacional naves negocios
  norte obra obras oficina oleos optica organizacion panaderia panificadora papel papeleria
  parque pasteleria patrimonial pavimentos peluqueria pescados pinturas piscinas plasticos
  pollos prefabricados produccion producciones producto productos profesional promocion
  promociones promotora propiedades proteccion proyecto proyectos publicidad puertas quimica
  quimicas reciclados reciclaje recambios recursos refrigeracion reformas relojeria reparaciones
  representaciones residencia residencial restaurante restauracion ropa salud sanitarios
  seguridad seguros servicio servicios sistema sistemas sociedad solar soluciones suministro
  suministros sur taller talleres taxi tecnica tecnicas tecnico tecnologia tecnologias
  telecomunicaciones tienda tiendas textil textiles topografia trabajo transformados transporte
  transportes tratamientos turismo urbanizaciones valores vehiculos venta ventas viajes vidrio
  vinos vivero viveros viviendas zapatos
""",
    """
  abbigliamento acciai acciaio acqua acque agenzia agraria agricoltura alberghi albergo
  alimentari alimentare amministrazione appalti arredamenti arredamento arredi articoli
  artigiana artigiano assicurazione assicurazioni assistenza associati associato atelier
  autocarrozzeria autofficina autolinee automazione autonoleggio autotrasporti azienda aziende
  bagno banca bar bevande birreria calcestruzzi calzature cantina cantine carni carrelli
  carrozzeria carta cartiera cartoleria casa caseificio case cave centro ceramica ceramiche
  chimica chimici clinica commercialista commerciale commercio compagnia componenti
  comunicazione confezioni consulenza consulenze controllo costruzioni costruzione credito
  cucine cura derivati distribuzione dolciaria edil edile edili edilizia editore editrice
  elettrica elettrici elettro elettronica elettrotecnica energia energie enoteca esportazione
  estetica europa fabbrica falegnameria farmacia farmaceutici farmaceutica ferramenta fiduciaria
  figli figlio finanza finanziaria fonderia fondazione formaggi fornaci forniture forno
  fotografia fratelli frigo frutta gas gelateria generale generali gestione gestioni giardini
  giardino gioielleria gioielli gomma grafica grafiche gruppo hotel idraulica igiene
  illuminazione imballaggi immobili immobiliare immobiliari impianti impiantistica importazione
  impresa imprese industria industriale industriali industrie informatica infissi ingegneria
  ingrosso innovazione installazioni internazionale intesa investimenti istituto italia italiana
  italiane italiano laboratorio laboratori lampade latte lavanderia lavorazione lavorazioni
  lavori lavoro legnami legno libreria linea logistica macchine macelleria magazzino magazzini
  manifattura manifatture manutenzione manutenzioni marmi marmo materiali materie meccanica
  meccaniche medica medico mercato metalli metallo mobili moda montaggi motori mulino nautica
  navigazione nazionale noleggio noleggi nuova nuove nuovo officina officine olio opere ottica
  pane panificio parrucchiere partecipazioni pasta pasticceria pavimenti pelle pelletterie pesca
  pesce piastrelle pizzeria plastica plastiche pneumatici poligrafica prefabbricati prodotti
  produzione produzioni progetti progetto promozione pubblicita pulizia pulizie qualita
  rappresentanze recupero ricambi ricerca ricerche rifiuti riparazioni risorse ristorante
  ristorazione riscaldamento salumi salumificio salute sanita sartoria scuola segnaletica
  serramenti servizi servizio sicurezza sistema sistemi societa soluzioni spedizioni stamperia
  stampaggio stampi studio studi sviluppo tabacchi taglio tappezzeria tecnica tecniche tecnici
  tecnico tecnologia tecnologie tempo termica terra tessile tessili tessuti tipografia tornitura
  trasformazione trasporti trasporto trattamenti trattoria turismo ufficio uffici vendita
  vernici vestiti vetreria vetro viaggi viaggio vini vino vivai vivaio zootecnica
""",
    """
  aannemer aannemersbedrijf aannemingsbedrijf adviesbureau advies adviseurs advocaten afval
  agrarisch apotheek architecten auto autobedrijf autoschade bakker bakkerij bank bedrijf
  bedrijven behandeling beheer beheermaatschappij belegging beleggingen bestratingen bestuur
  beton beveiliging bloemen bloemist boek boekhandel boerderij bouw bouwbedrijf bouwmaterialen
  bouwonderneming bureau catering communicatie constructie consultancy dakbedekkingen design
  dienst diensten dienstverlening dier dierenarts drank dranken drukkerij elektro
  elektrotechniek energie engineering evenementen exploitatie export fabriek fiets fietsen
  financieel financiele garage gebroeders gezondheid goederen grafisch groen groenten groep
  groothandel grond grondverzet haven handel handelmaatschappij handels handelsonderneming
  holding hotel hout houthandel hoveniers hoveniersbedrijf huis import industrie industriele
  ingenieursbureau installatie installatiebedrijf installaties interieur interieurbouw
  internationaal kaas kantoor kapper kapsalon keuken keukens kinderopvang kleding koel
  koeltechniek konstruktie kunst kunststof kunststoffen kwekerij landbouw lasbedrijf leder
  logistiek loonbedrijf machinebouw machinefabriek machines makelaar makelaardij makelaars
  management markt materialen materieel mechanisatie media medisch melk metaal metaalbewerking
  metaalbouw meubel meubelen meubels milieu mode montage motoren muziek nederland nederlandse
  nieuwe onderhoud onderneming ondernemingen onderwijs onroerend ontwikkeling oost opleidingen
  optiek pakhuis papier parket partners personeel plastic pluimvee praktijk produkten producten
  produktie productie projecten reclame recreatie recycling reizen reisbureau renovatie
  restaurant schade scheepvaart schilder schildersbedrijf schildersbedrijven schip schoenen
  school schoonmaak schoonmaakbedrijf sierteelt slagerij sloopwerken sport staal staalbouw stad
  steen stichting stukadoor systemen taxi techniek technisch technische techno tegel tegels
  telecommunicatie textiel timmerbedrijf timmerwerken toerisme tractie transport
  transportbedrijf tuin tuinbouw tuincentrum tweewielers uitgeverij uitzendbureau utiliteitsbouw
  vakantie vastgoed veevoeders verf verhuizingen verhuur verkeer verkoop verpakking verpakkingen
  verzekering verzekeringen vis vishandel vlees vleeswaren vloeren vof voeding voertuigen water
  weg wegenbouw weverij wijn wijnen winkel wonen woning woningbouw woninginrichting zaden zaken
  zand zeevaart zonen zoon zorg zuid zuivel
""",
    """
  agencies agro alankar apparels associates ayurvedic bandhu bazaar bhandar bhai bhavan brothers
  chemists cloth coal cold collections colonisers creation dairy dealers decorators departmental
  diagnostics dresses dying emporium enterprise enterprises exim fabs fancy finlease finvest
  foods gems ginning granites handicrafts handlooms hosiery hospitality housing impex industries
  infotech infra infrabuild infracon infraprojects infratech ispat jewels jute khadi kirana
  laboratories logistic mandir masala medicals metals minerals motors niwas oil organics
  overseas paints papers pharma pipes plastics ply polymers power prints processors projects
  promoters provision publications pumps ranga realtors realty rolling roadways sadan sarees
  securities seeds silks softech spices spinning steels stores sugars sweets synthetics textiles
  tiles tours traders tradelink trading transport travels tubes udyog vastra vastralaya ventures
  weaving wires yarns
""",
)
