//! The lists of words, by what they mean.

use super::lexicon::*;

/// What the words mean, which of its kind the first part of the list is, and the
/// list; parts between semicolons are numbered on.
pub(super) static LISTS: &[(Class, u8, &str)] = &[
    (
        ERROR,
        0,
        "error|errors|err|error code|error number|error message|errorcode|code error|exception|\
fehler|fehlercode|fehlermeldung|fehlernummer|erreur|code erreur|code derreur|message derreur|error de|\
código de error|codigo de error|mensaje de error|erro|código de erro|codigo de erro|mensagem de erro|errore|codice errore|\
codice di errore|messaggio di errore|fout|foutcode|foutmelding|błąd|błędu|kod błędu|komunikat|hata|hata kodu|\
エラー|エラーコード|エラー番号|错误|错误码|错误代码|报错|代码|خطأ|الخطأ|رمز الخطأ|त्रुटि|त्रुटि कोड|एरर|exit code|stop code|fault code",
    ),
    (
        STATUS,
        0,
        "http|https status|http status|status|status code|http error|http code|statuscode|codice http|código http|code http|\
ステータス|状态码",
    ),
    (
        GETS,
        0,
        "a|an|get|gets|got|getting|returns|returned|return|throws|threw|shows|says|gives|gave|with|is|see|seeing|to|einen|ein|kommt|\
une|un|devuelve|da|retorna|dá|een|geeft|zwraca|mit",
    ),
    // What stands behind a status that is told without the word "error".
    (
        FAILURE | STATUS,
        0,
        "internal server error|forbidden|not found|bad gateway|service unavailable|gateway timeout|\
gateway time out|unauthorized|unauthorised|bad request|too many requests|request timeout|conflict",
    ),
    (
        FAILURE,
        0,
        "failed|fail|failure|fails|went wrong|wrong|invalid|denied|unable|cannot|cant|could not|couldnt|can not|\
timed out|timeout|expired|unexpected|refused|try again|oops|missing|required|unknown|undefined|unsupported|not supported|\
not available|unavailable|not allowed|not permitted|exceeded|declined|rejected|blocked|not authorized|doesnt match|does not match|\
already exists|already in use|error|not valid|disconnected|interrupted|corrupt|corrupted|incorrect|\
no longer|exception|reset|not responding|wasnt|not have|dont have|do not have|must be|maintenance|\
fehlgeschlagen|ungültig|nicht möglich|abgelaufen|fehler|schief|verweigert|konnte nicht|konnten nicht|nicht gefunden|\
échoué|échec|invalide|impossible|expiré|refusé|refusée|erreur|introuvable|problème|inválido|inválida|falló|no se pudo|error|denegado|\
ha ocurrido|ocurrió|caducado|falhou|não foi possível|erro|negado|expirou|non valido|non riuscito|impossibile|errore|scaduto|scaduta|negato|\
mislukt|ongeldig|verlopen|fout|geweigerd|niet gevonden|mis|nie udało|nieprawidłow*|błąd|wygasł*|odmowa|başarısız|geçersiz|hata|\
失敗|無効|できません|エラー|失败|无效|错误|过期|拒绝|فشل|غير صالح|خطأ|असफल|विफल|अमान्य|त्रुटि|गलत",
    ),
    (
        NUMBERED,
        0,
        "number|no|nº|nr|num|id|is|n|ref|reference|code|nummer|numer|numéro|numero|número|nro|núm|番号|号|编号|是|رقم|رقمه|नंबर|संख्या|\
numarası|ist|lautet|est|es|é|è|jest|de commande|di|del|das|called|was|in question|no is|number is|id is|の番号は|は",
    ),
    (
        ORDER,
        0,
        "order|orders|order number|order no|order id|purchase order|bestellung|bestellnummer|auftrag|auftragsnummer|commande|\
numéro de commande|pedido|número de pedido|encomenda|ordine|numero ordine|bestelling|bestelnummer|zamówienie|zamówienia|\
zamówieniu|sipariş|注文|注文番号|订单|订单号|طلب|الطلب|طلبي|طلب رقم|ऑर्डर",
    ),
    (
        INVOICE,
        0,
        "invoice|invoices|invoice number|inv|bill number|rechnung|rechnungsnummer|facture|numéro de facture|factura|fatura|fattura|\
factuur|factuurnummer|faktura|faktury|fakturę|fakturze|請求書|請求書番号|发票|发票号|فاتورة|الفاتورة|इनवॉइस|चालान|बिल",
    ),
    (
        TICKET,
        0,
        "ticket|tickets|ticket number|case|case number|support case|support request|service request|request id|incident|reference number|ticketnummer|\
vorgang|vorgangsnummer|fallnummer|dossier|caso|chamado|protocolo|zgłoszenie|zgłoszenia|zgłoszeniu|numer zgłoszenia|talep|チケット|問い合わせ番号|工单|工单号|تذكرة|التذكرة|टिकट|\
zaaknummer|melding",
    ),
    (
        VERSION,
        0,
        "version|versions|ver|version number|app version|build|release|firmware|sdk|versión|versão|versione|versie|wersja|wersji|wersję|wersję|sürüm|\
バージョン|版本|الإصدار|إصدار|संस्करण|वर्ज़न",
    ),
    (
        BROWSER,
        0,
        "chrome|google chrome|chromium;firefox|mozilla firefox|mozilla;safari|mobile safari;edge|microsoft edge|ms edge;opera;\
brave|brave browser;vivaldi;samsung internet;internet explorer|ie",
    ),
    (
        SYSTEM,
        0,
        "windows|win;macos|mac os|mac os x|os x|osx|mac|macbook|imac;linux;ubuntu;debian;fedora;ios|iphone|ipod;ipados|ipad;android;\
chromeos|chrome os|chromebook",
    ),
    // January to December.
    (
        MONTH,
        1,
        "january|jan|januar|jänner|janvier|enero|janeiro|gennaio|januari|stycznia|styczeń|ocak|يناير|जनवरी;\
february|feb|februar|février|febrero|fevereiro|febbraio|februari|lutego|luty|şubat|فبراير|फ़रवरी|फरवरी;\
march|mar|märz|mars|marzo|março|maart|marca|marzec|mart|مارس|मार्च;\
april|apr|avril|abril|aprile|kwietnia|kwiecień|nisan|أبريل|अप्रैल;\
may|mai|mayo|maio|maggio|mei|maja|maj|mayıs|مايو|मई;\
june|jun|juni|juin|junio|junho|giugno|czerwca|czerwiec|haziran|يونيو|जून;\
july|jul|juli|juillet|julio|julho|luglio|lipca|lipiec|temmuz|يوليو|जुलाई;\
august|aug|août|agosto|augustus|sierpnia|sierpień|ağustos|أغسطس|अगस्त;\
september|sep|sept|septembre|septiembre|setembro|settembre|września|wrzesień|eylül|سبتمبر|सितंबर;\
october|oct|oktober|okt|octobre|octubre|outubro|ottobre|października|październik|ekim|أكتوبر|अक्टूबर;\
november|nov|novembre|noviembre|novembro|listopada|listopad|kasım|نوفمبر|नवंबर;\
december|dec|dez|dezember|décembre|diciembre|dezembro|dicembre|grudnia|grudzień|aralık|ديسمبر|दिसंबर",
    ),
    (
        WEEKDAY,
        0,
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|\
sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda feira|terça feira|\
quarta feira|quinta feira|sexta feira|segunda|terça|quarta|quinta|sexta|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|\
dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałku|poniedziałek|wtorku|wtorek|środy|środę|czwartku|czwartek|piątku|piątek|soboty|sobotę|\
niedzieli|niedzielę|pazartesi|月曜|月曜日|火曜|火曜日|水曜|水曜日|木曜|木曜日|金曜|金曜日|土曜日|日曜日|周一|周二|周三|周四|周五|星期一|星期二|星期三|星期四|星期五|\
الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार",
    ),
    // A day or a part of one, known from today.
    (
        DAY,
        0,
        "yesterday|today|tonight|this morning|this afternoon|this evening|last night|yesterday evening|yesterday morning|yesterday afternoon|\
last week|this week|last month|this month|last year|last weekend|this weekend|the weekend|over the weekend|earlier today|the day before yesterday|\
last spring|last summer|last autumn|last winter|gestern|gestern abend|heute|heute morgen|heute früh|heute vormittag|vorgestern|letzte woche|letzter woche|letzten monat|\
hier|hier soir|aujourdhui|dhier|ce matin|avant hier|la semaine dernière|le mois dernier|ayer|hoy|esta mañana|anoche|anteayer|la semana pasada|\
el mes pasado|ontem|hoje|hoje de manhã|anteontem|ontem à noite|semana passada|a semana passada|mês passado|ieri|oggi|stamattina|ieri sera|laltro ieri|la settimana scorsa|\
gisteren|vandaag|vanmorgen|vanochtend|eergisteren|vorige week|afgelopen week|vorige maand|wczoraj|dzisiaj|dziś|dziś rano|dzisiaj rano|zeszłym tygodniu|zeszłego tygodnia|dün|bugün|dünden|bu sabah|\
昨日|今日|今朝|昨夜|先週|先月|一昨日|昨天|今天|今早|今天早上|昨晚|前天|上周|上星期|上个月|这周|أمس|البارحة|اليوم|امبارح|مبارح|صباح اليوم|هذا الصباح|الأسبوع الماضي|الأسبوع اللي فات|\
आज|आज सुबह|पिछले हफ्ते|पिछले हफ़्ते|पिछले सप्ताह|पिछले महीने|परसों",
    ),
    // Hindi has one word for yesterday and tomorrow.
    (DAY, 0, "कल|कल रात|कल शाम|kal se"),
    (
        UNIT,
        0,
        "pm|oclock|uhr|utc|day|days|week|weeks|month|months|hour|hours|hrs|minute|minutes|min|mins|year|years|tag|tagen|tage|woche|wochen|monat|monaten|\
stunde|stunden|minuten|jahr|jahren|jour|jours|semaine|semaines|mois|heure|heures|minutes|an|ans|día|dias|días|semana|semanas|mes|meses|mês|hora|horas|\
minutos|año|años|anos|giorno|giorni|settimana|settimane|mese|mesi|ore|ora|minuti|anni|dag|dagen|weken|maand|maanden|uur|uren|jaar|dni|dnia|dzień|\
tygodnia|tygodni|tygodnie|miesiąca|miesięcy|miesiące|godzin|godziny|godzinę|lat|gün|gündür|hafta|haftadır|saat|saattir|ay|日|日間|週間|か月|ヶ月|時間|分|天|周|个月|\
个小时|小时|分钟|يوم|يومين|أيام|ايام|أسبوع|أسبوعين|أسابيع|شهر|شهرين|أشهر|ساعة|ساعتين|ساعات|दिन|दिनों|हफ्ते|हफ़्ते|महीने|घंटे|घंटों|मिनट",
    ),
    (
        EVENT,
        0,
        "update|updates|upgrade|release|relaunch|deploy|deployment|migration|outage|maintenance|redesign|\
launch|rollout|patch|merge|crash|weekend|start|beginning|updated|upgraded|installed|reinstalled|\
migrated|switched|changed|moved|updating|upgrading|installing|holidays|christmas|renewal|\
aktualisierung|umstellung|wartung|wochenende|umzug|anfang|mise à jour|màj|week end|début|\
actualización|actualizacion|actualicé|atualização|atualizacao|atualizei|aggiornamento|\
dallaggiornamento|dallultimo aggiornamento|lultimo aggiornamento|aktualizacji|aktualizację|\
güncelleme|güncellemeden|アップデート|更新|升级|التحديث|تحديث|अपडेट",
    ),
    (
        PART,
        0,
        "noon|lunch|midnight|morning|afternoon|evening|night|mittag|mañana|mediodía|manhã|mattina|ochtend|\
rana|południa|朝|早上|सुबह|midi",
    ),
    (
        GLUE,
        0,
        "the|your|our|my|of|on|at|early|late|mid|a|an|and|in|about|around|i|we|you|we have|ive|weve|roughly|around|latest|newest|recent|new|first|very|app|system|software|\
version|to|der|die|das|dem|den|des|letzten|letzte|letztem|letzter|vergangenen|neuen|neuem|am|um|vom|ca|etwa|le|la|les|l|de|du|dernière|dernier|derniere|dernières|derniers|nouvelle|\
el|los|las|del|última|último|ultima|ultimo|pasado|pasada|al|o|a|os|da|do|na|no|no dia|último|passada|passado|il|lo|gli|i|scorso|scorsa|dello|della|dal|dall|laatste|de|het|een|\
vorige|afgelopen|ostatniej|ostatniego|zeszłego|zeszłej|ostatnią|som|最近的|最後の|最新の|の|的|这次|最近|آخر|الأخير|पिछले|पिछली|आखिरी|uns|wir|ihr|eurem|eure|nous|vous|nosotros|qualche|alcuni|einigen|ein paar|paar|quelques|unos|\
algunos|alguns|uns|enkele|kilku|several|few|a few|couple|couple of|a couple of|past|last|this|couple days",
    ),
    (LAST, 0, "last|this|past|letzten|letzte|next|coming"),
    (AGO, 0, "ago|back|fa|geleden|temu|atrás|önce|前|之前|पहले"),
    (AGO_BEFORE, 0, "vor|il y a|hace|há|قبل"),
    (
        SINCE,
        0,
        "since|ever since|as of|started|began|seit|ab|seit ca|begann|angefangen|depuis|depuis le|dès|desde|desde hace|desde há|\
desde que|faz|há|da|dal|dalla|dall|dallo|da circa|a partire da|sinds|al|vanaf|od|od czasu|ya desde|从|自|自从|منذ|من|منذ حوالي",
    ),
    (
        AFTER,
        0,
        "after|right after|following|nach|après|après la|después de|tras|depois da|depois de|após|dopo|dopo l|na|po|بعد|seit",
    ),
    (SINCE_BEHIND, 0, "后|後|から|以来|以降|开始|起|以后|之后|से|beri"),
    (FOR, 0, "for|for over|for about|for almost|for nearly|for more than"),
    (
        COUNT,
        1,
        "one|ein|einem|einer|eine|un|une|uno|una|um|uma|een|jednego|bir|一|एक;two|يومين|zwei|deux|dos|dois|duas|due|twee|dwóch|dwa|iki|二|两|दो;three|ثلاثة|ثلاث|drei|trois|tres|três|tre|drie|trzech|trzy|üç|三|तीन;\
four|أربعة|vier|quatre|cuatro|quatro|quattro|czterech|dört|चार;five|خمسة|fünf|cinq|cinco|cinque|vijf|pięciu|beş|पांच|पाँच;six|sechs|seis|sei|zes;seven|sieben|sept|siete|sete|sette|zeven;\
eight|acht|huit|ocho|oito|otto;nine|neun|neuf|nueve|nove|negen;ten|zehn|dix|diez|dez|dieci|tien;eleven|elf|onze|once|undici;twelve|zwölf|douze|doce|doze|dodici|twaalf",
    ),
    (
        CURRENCY,
        0,
        "usd|us dollars|dollars|dollar|bucks|dólares|dolares|dollari|dolarów|دولار|doller|美元|ドル;eur|euro|euros|يورو|यूरो|欧元|ユーロ;gbp|pounds|quid|livres;\
jpy|yen|円|日元;inr|rs|rupees|rupee|रुपये|रुपए|रु;pln|zł|zl|złotych|złote;chf|franken|fr;try|tl|lira;brl|reais;cny|rmb|yuan|元|块|人民币;cad;aud;sek;nok;dkk;aed|dirham|درهم;\
sar|riyal|ريال;egp|جنيه;mxn;nzd;sgd;zar;huf;czk",
    ),
    (
        EVERYONE,
        0,
        "nikt nie może|nikt z nas|all of us|everyone|everybody|whole team|entire team|whole company|entire company|our whole team|\
the whole team|the entire team|the whole company|the entire company|our entire team|\
our whole company|whole office|the whole office|our whole office|the whole department|\
our whole department|the whole school|the whole clinic|whole department|all our users|all users|\
all our customers|all of our users|all of our customers|all of our agents|all our agents|\
all our staff|everyone here|everyone in the office|everyone on the team|everyone on my team|\
everyone in the team|all my colleagues|the rest of the team too|wir alle|das ganze team|ganze team|\
das gesamte team|alle kollegen|alle kolleginnen|die ganze firma|ganze firma|der ganzen firma|\
das ganze büro|alle mitarbeiter|bei allen|toute léquipe|tout le monde|toute lentreprise|\
toute notre équipe|nous tous|tous mes collègues|todo el equipo|todos nosotros|a todos|\
toda la empresa|toda a equipe|a equipe toda|a equipe inteira|todos nós|toda a empresa|tutto il team|\
tutta la squadra|tutti noi|tutta lazienda|het hele team|hele team|iedereen|heel het team|\
ons hele team|wij allemaal|cały zespół|całego zespołu|cała firma|wszyscy|wszystkich|tüm ekip|\
bütün ekip|hepimiz|全員|社員全員|チーム全員|チーム全体|所有人|全公司|整个团队|我们所有人|大家都|全体员工|الجميع|كل الفريق|الفريق كله|\
الفريق بأكمله|كلنا|जरूरी सभी|पूरी टीम|सभी लोग|हम सब|पूरे ऑफिस|सबको|सभी को",
    ),
    (
        NOBODY,
        0,
        "nobody|no one|noone|none of us|niemand|keiner|personne ne|nadie|ninguém|nessuno|nikt|kimse|誰も",
    ),
    (
        ABLE,
        0,
        "can|could|cant|here|in|on|at|gets|has|is|was|sees|able|at our|kann|können|peut|puede|pode|consegue|riesce|può|kan|może|mogą|że|bisa|ne|ログイン|が|も",
    ),
    (
        ONLY_ME,
        0,
        "just me|only me|its just me|only on my|only on my account|only my account|just my account|only for me|just for me|only happens to me|nur ich|nur bei mir|nur mich|nur mein konto|que moi|seulement moi|moi seul|moi seule|que chez moi|\
que pour moi|solo yo|sólo yo|solo a mí|sólo a mí|solo a mi|solo me pasa a mí|só eu|só comigo|somente eu|apenas eu|solo io|solo a me|soltanto io|alleen ik|alleen bij mij|alleen mij|tylko ja|tylko u mnie|tylko mnie|sadece ben|sadece bende|私だけ|自分だけ|僕だけ|\
只有我|就我|仅我|أنا فقط|انا فقط|أنا بس|انا بس|عندي فقط|सिर्फ मैं|सिर्फ मुझे|केवल मुझे|सिर्फ़ मुझे|केवल मैं",
    ),
    (
        PEOPLE,
        0,
        "people|persons|users|user|colleagues|coworkers|agents|employees|students|teachers|customers|clients|members|staff|of us|team members|nurses|drivers|seats|teammates|accounts|patients|\
leute|personen|kollegen|mitarbeiter|mitarbeitende|nutzer|benutzer|kunden|von uns|personnes|utilisateurs|collègues|employés|clients|dentre nous|personas|usuarios|compañeros|empleados|clientes|pessoas|usuários|colegas|funcionários|\
persone|utenti|colleghi|dipendenti|clienti|mensen|gebruikers|collegas|medewerkers|klanten|osób|osoby|użytkowników|pracowników|klientów|kişi|kullanıcı|人|名|名员工|个人|个同事|个用户|名のユーザー|أشخاص|موظفين|مستخدمين|लोग|लोगों|यूज़र|कर्मचारी",
    ),
    (
        AFFECTED,
        0,
        "can|cannot|cant|couldnt|lost|affected|blocked|locked|stuck|waiting|unable|idle|report|reported|sitting|dont see|get an error|see an error|\
betroffen|können|kommen|haben|warten|sehen|stehen|sind|ne|sont|ont|voient|attendent|bloquées|bloqués|touchées|no|están|tienen|afectados|afectadas|bloqueados|bloqueadas|não|estão|afetadas|paradas|non|sono|bloccate|bloccati|colpite|kunnen|zijn|wachten|hebben|getroffen|\
nie|czeka|dotyczy|が|に|都|无法|受影响|متأثرين|لا|नहीं|प्रभावित|परेशान",
    ),
    // Before a number of people who are affected.
    (
        FOR | ADDRESSED,
        0,
        "affects|affecting|affected|blocks|blocking|hits|betrifft|concerne|afecta a|afeta|riguarda|treft|dotyczy|影響|影响",
    ),
    // Whoever is spoken to or named as a goal is not affected.
    (
        ADDRESSED,
        0,
        "hi|hello|hey|dear|morning|afternoon|evening|thanks|thank|to|so|let|lets|that|want|invite|with|from|show|give|make|tell|love|loves|like|hallo|bonjour|hola|invitar|add|remove|email|not|of|an|liebe|für|pour|para|per|voor|dla|gracias|danke|merci|and",
    ),
    (
        SAYS,
        0,
        "see|seeing|sees|saw|says|say|said|saying|message|messages|shows|showed|showing|shown|show|reads|read|reading|displays|displaying|displayed|popup|pop up|toast|banner|warning|\
error|error message|errors|get|gets|getting|got|throws|gives|gave|returned|returns|alert|notification|telling me|tells me|dialog|with|meldung|fehlermeldung|fehler|steht|kommt|\
heißt es|sagt|zeigt|bekomme|erscheint|message derreur|affiche|dit|indique|obtiens|reçois|erreur|mensaje|dice|sale|aparece|muestra|mensaje de error|error|mensagem|diz|aparece|mostra|mensagem de erro|erro|recebo|messaggio|dice|\
appare|compare|mostra|messaggio di errore|errore|esce|melding|foutmelding|zegt|staat|krijg|verschijnt|komunikat|pokazuje|wyskakuje|pisze|wyświetla|błąd|hatası|yazıyor|mesajı|diyor|エラー|表示|メッセージ|と出|显示|提示|报错|说|弹出|رسالة|تظهر|يظهر|يقول|تقول|خطأ|\
लिखा|दिखा|मैसेज|संदेश|एरर|बता",
    ),
    (
        SECRET,
        0,
        "password|passcode|pin|token|secret|api key|apikey|key|otp|cvv|cvc|2fa|verification code|security code|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|hasła|şifre|パスワード|密码|验证码|كلمة المرور|पासवर्ड|ओटीपी|ssn|iban|card",
    ),
    (
        EXPECTED,
        0,
        "expected|expected result|expected behavior|expected behaviour|expecting|i expected|we expected|id expect|i would expect|i was expecting|supposed to|is supposed to|was supposed to|erwartet|erwartet habe ich|ich hätte erwartet|ich erwarte|ich habe erwartet|eigentlich sollte|\
attendu|résultat attendu|je mattendais à|jattendais|esperado|esperaba|resultado esperado|esperava|comportamento esperado|atteso|mi aspettavo|risultato atteso|verwacht|verwachtte|ik verwachtte|oczekiwane|oczekiwałem|oczekiwałam|beklenen|期待|期待値|期待結果|期待する動作|预期|期望|المتوقع|كنت أتوقع|अपेक्षित|उम्मीद",
    ),
    (
        SHOULD,
        0,
        "should|shouldve|should have|shouldnt|sollte|sollten|müsste|devrait|devraient|aurait dû|debería|deberían|deveria|deveriam|dovrebbe|dovrebbero|zou moeten|powinno|powinien|powinna|powinny",
    ),
    (
        ACTUAL,
        0,
        "but got|but i got|but i get|but it|but its|but we|but instead|but now|but the|but only|but what i got|instead i|instead it|instead i get|instead we get|instead im|instead the|got instead|actual|actual result|actual behavior|actual behaviour|actually|what happens|what i get|and got|and instead|\
tatsächlich|stattdessen|aber es|aber ich bekomme|aber bekomme|mais jobtiens|à la place|au lieu de cela|mais je reçois|résultat obtenu|obtenu|mais il|pero|pero sale|en cambio|en su lugar|resultado real|mas aparece|mas recebo|mas|em vez disso|resultado atual|invece|ma ottengo|risultato effettivo|\
maar krijg|maar ik krijg|in plaats daarvan|werkelijk|ale|zamiast tego|faktyczne|実際|実際は|实际|但实际|但是|لكن|लेकिन|पर",
    ),
    (
        CLICK,
        0,
        "click|clicked|clicking|clicks|click on|press|pressed|pressing|tap|tapped|select|selected|uploaded|submitted|klicke|klick|geklickt|drücke|klicken|clique|cliqué|jouvre|appuie|hago clic|doy clic|clic|clico|cliquei|clicco|ho cliccato|klik|klikte|geklikt|klikam|kliknąłem|kliknęłam|kliknę|tıklıyorum|tıkladığımda|tıklayınca|クリック|押す|押し|開く|タップ|点击|点了|点|أضغط|اضغط|ضغطت|क्लिक",
    ),
    (
        ACT,
        0,
        "go to|went to|opened|geöffnet|open|save|saved|submit|drag|dragged|paste|pasted|typed|entered|scroll|scrolled|export|exported|\
try to|tried to|choose|chose|upload|öffne|speichere|hochlade|ouvre|enregistre|abro|pulso|guardo|abri|\
aperto|apro|premo|salvo|druk|otwieram|hit|hit save|أفتح|開い|打开|add|change|switch|delete|run|send|start|connect|import|download|print|log in|sign in|lade|starte",
    ),
    (WE, 0, "i|we|ive|weve|then i|ich|wir|je|jai|nous|yo|eu|io|ik|私|我|मैं|मैंने"),
    (
        WE | WHEN,
        0,
        "when i|when we|whenever i|if i|once i|after i|as soon as i|every time i|quand je|lorsque je|cuando|\
quando|als ik|gdy|kiedy|jak|wenn ich|sobald ich|wenn wir|when|whenever|every time|عندما|لما|जब|\
everytime i|each time i|as i|wanneer ik|zodra ik",
    ),
    (
        STOP,
        0,
        "on|when|from|after|every|and|for|if|at|whenever|again|since|but|error|errors|response|responses|in|page|status|back|now|on every|each|trying|because|as|then|instead|today|while|which|so|code|codes|beim|wenn|bei|seit|quand|lors|cuando|al|quando|als|bij|gdy|przy",
    ),
];
