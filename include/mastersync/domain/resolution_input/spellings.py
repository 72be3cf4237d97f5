"""How people and programs head the columns of customer files, in the languages they come in.

Spellings are in the form of ``squash``: lower case, no accents, letters and digits alone. The
earlier of two spellings wins when a file has both.
"""


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NAME = """
    companyname company firmenname firma firmenbezeichnung unternehmen raisonsociale societe
    entreprise ragionesociale azienda razonsocial empresa bedrijfsnaam bedrijf foretag
    foretagsnamn virksomhed virksomhedsnavn yritys nazwafirmy firme denominacion denominazione
    handelsname businessname organization organisation organizationname organisationname orgname
    org accountname customername custname custnm custname1 customer clientname client kundenname
    kunde kundename debitorname nomclient nomduclient cliente nombrecliente nomecliente
    klantnaam klant kundnamn kundenavn klient partyname partnername suppliername vendorname
    businesspartner legalname legalentityname registeredname officialname entityname tradename
    tradingname displayname fullname name name1 names nm nombre nome nom nombrecompleto
    nomcomplet nomecompleto naam namn navn nimi nazwa vollername vollstandigername restaurant
    store storename shop merchant merchantname debtor debtorname insured patientname personname
    contactname contact contactperson ansprechpartner kontakt kontaktperson bizname dbaname dba
    tradingas namefull
"""
_GIVEN_NAME = """
    givenname given firstname first fname forename forenames firstnm vorname rufname prenom
    prenoms primernombre nombres primonome voornaam fornamn fornavn etunimi imie jmeno ime givnm
    christianname
"""
_SURNAME = """
    surname lastname last lname familyname family nachname familienname zuname nomdefamille
    nomfamille apellido apellidos cognome achternaam efternamn etternavn efternavn sukunimi
    nazwisko prijmeni sobrenome apelido lastnm sname
"""
_STREET = """
    street streetaddress address1 addressline1 addrline1 address1line1 addr1 adr1 adress1
    strasse1 streetname addressstreet streetnm address addr adr adresse adress anschrift strasse
    strassenname strassehausnummer strasseundhausnummer strassehausnr strassenr strassehnr stras
    str strae rue voie adressepostale adresseligne1 ligneadresse1 adresse1 direccion direccion1
    calle domicilio via viale indirizzo indirizzo1 endereco rua logradouro straat straatnaam
    adres gata gatuadress gade vej gateadresse katuosoite osoite ulica addressline line1
    thoroughfare stadr streetaddr streetaddress1 streetline1 fulladdress postaladdress
    mailingaddress addrln addressln staddr addressfull firstaddressline firstline addresses
"""
_HOUSE_NUMBER = """
    housenumber houseno housenr housenum hausnummer hausnr hnr hsnr streetnumber streetno
    streetnr streetnum stno buildingnumber buildingno numerovoie numerorue numeroderue norue
    civico numerocivico huisnummer husnummer husnr numerodomicilio numeroexterior propertynumber
"""
_CITY = """
    city town suburb locality cityname citynm towncity citytown townname posttown municipality
    village place ort ortschaft stadt wohnort ort01 ville commune localite municipio ciudad
    poblacion localidad citta comune localita cidade plaats woonplaats stad gemeente postort by
    poststed kaupunki miasto miejscowosc mesto addresscity address1city
"""
_REGION = """
    region state province statename provincename regionname countyname stateprovince stateregion
    statecode prov county bundesland land1region kanton regio departement provincia estado
    regione provincie lan fylke wojewodztwo stateorprovince provincestate territory
    address1stateorprovince addressstate addressregion
"""
_POSTCODE = """
    postcode postalcode zip zipcode plz postleitzahl pstlz pcode postcd zipcd zippostalcode zip5
    postalzip zippostcode codepostal cp codigopostal cap codicepostale cep codigopostal
    postnummer postnr postinumero kodpocztowy psc pincode pin eircode address1postalcode
    addresszip addresspostcode addresspostalcode
"""
_COUNTRY = """
    country countryregion countryname countrycode countryiso countryiso2 iso isocountry isocode
    iso2 iso3 countrycd ctry land landcode landiso lander lnd land1 pays codepays pais paese
    nazione landen kraj maa stat staat nation addresscountry address1country
"""
_PHONE = """
    phone phonenumber telephone telephonenumber phoneno phonenr phonenum tel telno telnr telnum
    telefon telefonnummer telefonnr telf1 fon rufnummer telephone1 tel1 phone1 telefono
    telefono1 numerotelephone numerodetelephone numtel telefoon telefoonnummer telefone puhelin
    telefonszam mainphone businessphone workphone officephone homephone landline festnetz fixe
    mobile mobilephone mobilenumber mobileno cell cellphone cellphonenumber mobil mobiltelefon
    handy handynummer portable movil celular cellulare gsm contactnumber contactno daytimephone
    telephone2 tel2 phone2 altphone alternatephone otherphone whatsapp phones telephones
"""
_FAX = "fax faxnumber faxno faxnr telefax telfx faxnummer telecopie fax1 facsimile faxphone"
_EMAIL = """
    email emailaddress mail mailaddress emailid emailaddr emailadresse mailadresse emailadress
    emailaddress1 email1 smtpaddr courriel adressemail adresseemail correo correoelectronico
    correoe emaill eaddress elektronischepost mel epost epostadress sahkoposti primaryemail
    workemail homeemail contactemail email2 emailaddress2 emails mails
"""
_WEBSITE = """
    website web url webpage homepage www weburl websiteurl webaddress webadresse webseite
    siteweb siteinternet site sitio sitioweb paginaweb sitoweb webbplats hjemmeside domain
    domainname domaine internet internetadresse
"""
_TAX_ID = """
    taxid taxnumber taxno taxidentifier taxidnumber taxregistrationnumber vat vatid vatno
    vatnumber vatnr vatregno vatregistrationnumber ustid ustidnr ustidnummer ustnr
    umsatzsteuerid umsatzsteueridentnummer umsatzsteueridentifikationsnummer uidnummer uidnr
    mwstnr stceg stcd1 steuernummer steuernr gst gstin gstno gstnumber pan abn acn ein fein
    federaltaxid tin itin ssn socsecid socialsecurity socialsecuritynumber socialsecurityid nino
    nationalinsurancenumber nationalid nationalidnumber personalid idnumber personnummer
    personalnumber cpr bsn tva numerotva notva tvaintra tvaintracommunautaire numtva nif cif nie
    dni rfc cuit cnpj cpf partitaiva piva codicefiscale btw btwnummer btwnr momsnr momsnummer
    nip pesel dic siret siretnumber numerosiret insee avs ahv ahvnummer taxcode nclient
    notvaintracommunautaire numerotvaintracommunautaire
"""
_REGISTRATION_NUMBER = """
    registrationnumber registrationno registrationnr regno regnumber regnr companynumber
    companyno companyregistrationnumber companyregno companyreg companyregistration crn crnumber
    companieshousenumber handelsregister handelsregisternummer handelsregisternr hrb hra
    hrnummer hrnr registernummer siren sirennumber numerosiren rcs duns dunsnumber dunsno dandb
    lei leicode kvk kvknummer orgnr organisationsnummer orgnumber organisasjonsnummer cvr
    cvrnummer ytunnus krs regon ico brn br brnumber businessregistrationnumber cin mca
    numeroregistro unternehmensnummer firmenbuchnummer fbn gln ean bic orgno npi
"""
_DATE_OF_BIRTH = """
    dateofbirth dob birthdate birthday datebirth birth dobdate birthdt geburtsdatum gebdatum
    gebdat geburtstag geboren datenaissance datedenaissance naissance fechanacimiento
    fechadenacimiento nacimiento datadinascita datanascita nascita datanascimento
    datadenascimento nascimento geboortedatum fodelsedatum fodselsdato syntymaaika dataurodzenia
    born bday
"""
_PARTY_TYPE = """
    partytype partykind customertype customerkind clienttype entitytype kundenart kundentyp
    personorcompany companyorperson typeclient tipocliente partnertype partnerart recordtype
    accounttype naturalorlegal
"""
_SOURCE = """
    source sourcesystem sourcename sourcesys src srcsystem datasource system systemname origin
    originsystem quelle quellsystem herkunft herkunftssystem origine sistema fuente fonte bron
    dataset
"""
_ID = """
    id customerid companyid custid clientid accountid customerno customernumber customernr
    customernum custno custnr custnum accountno accountnumber accountnr acctno acctid acct
    clientno clientnumber kundennummer kundennr kundenid kdnr kndnr kdnnr debitorennummer
    debitornummer debitornr debitorennr debitor kunnr lifnr numeroclient noclient codeclient
    codigocliente idcliente codicecliente idclient klantnummer klantid kundnummer kundenummer
    asiakasnumero numclient clientcode customercode accountcode partnerid partyid bpnumber
    businesspartnerid businesspartnerno contactid personid patientid memberid membernumber
    memberno userid employeeid leadid orgid organizationid organisationid supplierid vendorid
    merchantid storeid shopid idno recordid recid recno recordno recordnumber sourceid sourcekey
    sourcerecordid externalid extid internalid entityid objectid hsobjectid key pk primarykey nr
    no code identifier ident kennung uniqueid uid uniquekey rowid rowno rownumber rownum row
    index idx uuid guid number unnamed0
"""

# Alone a name; beside a column of given names the surname, beside one of surnames the given name.
BARE_NAMES = _set("""
    name name1 nm nombre nome nom naam namn navn nimi imie jmeno
""")

FIELD_SPELLINGS = {
    "name": _NAME,
    "given_name": _GIVEN_NAME,
    "surname": _SURNAME,
    "street": _STREET,
    "house_number": _HOUSE_NUMBER,
    "city": _CITY,
    "region": _REGION,
    "postcode": _POSTCODE,
    "country": _COUNTRY,
    "phone": _PHONE,
    "fax": _FAX,
    "email": _EMAIL,
    "website": _WEBSITE,
    "tax_id": _TAX_ID,
    "registration_number": _REGISTRATION_NUMBER,
    "date_of_birth": _DATE_OF_BIRTH,
    "party_type": _PARTY_TYPE,
    "source": _SOURCE,
    "id": _ID,
}

# Words before the word that counts: "customer_phone", "BillingCity", "Kunden-PLZ". The later in
# this list, the less a column speaks of the customer itself.
QUALIFIERS = _list("""
    customer cust client clients account acct party partner business company comp org
    organization organisation firm firmen firma kunden kunde debitor person personal member
    patient applicant borrower debtor main primary principal default hq head registered legal
    official current permanent residential residence res home billing bill invoice rechnungs
    rechnung facturation mailing mail postal post physical street address addr address1 work
    office contact kontakt ansprechpartner primarycontact shipping ship delivery liefer
    lieferung livraison envio warehouse site to of the de du der die des
""")
ENDINGS = _set(
    """
    1 01 one i a text txt value val field fld str string raw clean line nm cd dt desc lbl
    """
)
FILLERS = _set("""
    col column field f c v var spalte feld colonne campo unnamed attr attribute x value wert
""")

# What may hold the answer, so that using it would be cheating oneself.
ANSWERS = _set("""
    cluster clusterid clusterno truth groundtruth truthcluster trueid trueentity truecluster
    label labels target goldid goldenid goldenrecord goldenrecordid masterid mastercustomerid
    masterrecordid matchid matchgroup matchgroupid ismatch match matched groupid duplicate
    isduplicate duplicateof dupof dup dupid dupgroup duplicategroup entity entitycluster
    mergedinto mergeid mergedid canonicalid householdid familyid survivorid uniqueentityid
""")
# When something happened to the row says nothing of the customer.
TIMES = _set("""
    created createdat createdon createddate createdtime createdate creationdate datecreated
    dateadded dateentered entrydate added addedon addedat erstellt erstelltam angelegtam
    anlagedatum erdat updated updatedat updatedon updateddate lastupdated lastupdate modified
    modifiedat modifiedon modifieddate lastmodified lastmodifieddate datemodified lastchanged
    changed changedat changedon geaendertam geandertam aenderungsdatum aedat deleted deletedat
    timestamp ts datetime systemmodstamp loadedat loaddate ingestedat importedat exportedat
    syncedat lastsync validfrom validto lastlogin lastseen lastactivity lastactivitydate
    lastcontacted lastpurchase lastorder lastorderdate signupdate signup registeredat
    registrationdate customersince membersince joindate joined joinedon startdate enddate date
    datum
""")

# Of somebody else than the customer.
OF_OTHERS = _set("""
    owner rep representative sales salesman salesperson agent manager referrer referred referral
    parent emergency spouse kin guardian employer bank guarantor creator createdby modifiedby
    updatedby assigned assignee vertreter betreuer besitzer inhaber responsable
""")
# A name or a place of something else: "product_name", "birth_city".
OF_THINGS = _set(
    """
    product brand file category group plan event birth item order project campaign currency
    previous former old user login tax payment card font page image list tag role job position
    department team class middle maiden nick nickname suffix prefix second course service model
    vehicle species
    """
)
# Of the value, not the value: "email_verified", "phone_type".
OF_THE_VALUE = _set("""
    opt optin status verified valid validated flag type typ kind count length date time consent
    hash id score source format extension ext prefix preferred subscribed bounce bounced is has
    allowed ok confirmed quality error lat latitude lon lng longitude hat art anzahl
""")
# One of these words is enough, if the values agree: "Telefon (privat)", "E-Mail Rechnung".
DISTINCTIVE = {
    "email": "email",
    "courriel": "email",
    "phone": "phone",
    "telephone": "phone",
    "telefon": "phone",
    "telefono": "phone",
    "tel": "phone",
    "mobile": "phone",
    "mobil": "phone",
    "handy": "phone",
    "fax": "fax",
    "postcode": "postcode",
    "plz": "postcode",
    "zip": "postcode",
    "postal": "postcode",
    "postleitzahl": "postcode",
    "city": "city",
    "ort": "city",
    "ville": "city",
    "street": "street",
    "strasse": "street",
    "country": "country",
    "pays": "country",
    "website": "website",
    "url": "website",
    "homepage": "website",
    "vat": "tax_id",
    "ustid": "tax_id",
    "vorname": "given_name",
    "prenom": "given_name",
    "surname": "surname",
    "nachname": "surname",
    "dob": "date_of_birth",
    "birthdate": "date_of_birth",
    "geburtsdatum": "date_of_birth",
    "firma": "name",
    "ssn": "tax_id",
    "ein": "tax_id",
    "gstin": "tax_id",
}
