//! Whether a person is asked for: a way of reaching somebody beside a word for
//! somebody, complete phrases, the ways of declining, and things of a product
//! that only sound like it.

use std::sync::OnceLock;

use crate::{
    facts::lexicon::{Class, Lexicon, Token, classes, tokens},
    phrases::{Shelves, first, occurrences},
};

classes!(COMPLETE REACH WANT PERSON SOMEONE STAFF ASK MAY DO PRODUCT OURS MINE);

/// Words for who is asked for, and for how.
static LISTS: &[(Class, u8, &str)] = &[
    // These ask by themselves.
    (
        COMPLETE,
        0,
        "real person please|actual person please|human please|humans please|person please|human pls|a human pls|agent please|an agent please|operator please|representative please|someone real|somebody real|anyone real|real one please|person now|\
no more bots|no more bot|no bots|no bot|no robot|no robots|not a bot please|not another bot|stop the bot|stop with the bot|stop this bot|enough bot|enough bots|enough of the bot|enough of this bot|enough with the bot|enough with the articles|stop sending articles|stop sending me articles|\
dont want the bot|dont want a bot|dont want to talk to a bot|no chatbot|not with a chatbot|no more auto*|no more canned|not another automatic reply|not another automatic|not an automatic reply|instead of a bot|instead of this bot|sick of the bot|sick of this bot|\
manual review|review it manually|review this manually|reviewed manually|review by hand|reviewed by hand|look at it by hand|looks at it by hand|at it by eye|this by hand please|human eye*|human look|by a human|by a person if|this time by a|from a real person|to a real person|with a real person|reviewed by a person|reviewed by a human|one real person|live person|living person|breathing person|living soul|real live|manager please|supervisor please|engineer please|rep pls|rep please|staff please|human exists|bring me the team|lady or gentleman|with a pulse|with a heartbeat|breathing one|who breathes|put a human on|put a person on|put a grown up on|put someone on|put somebody on|put an engineer on|want to hear from|have them call|have him call|have her call|boss to call|get back to me personally|named contact|reachable by phone|have a call on|a call on my|call with my|call with your|video call with|half an hour with|minutes with a|min with a|an hour with your|is anyone available|anyone available|anyone awake|anybody awake|anyone i can talk|anyone i can speak|anyone who can look|can anyone look|stay on the phone|legal department contact|or whoever signs|\
call me|call us|ring me|ring us|phone me|phone us|give me a call|give us a call|give me a ring|give us a ring|get a call|can i get a call|could i get a call|can we get a call|can i have a call|could i have a call|may i have a call|can we have a call|a call please|have a call|a call with|a call from|want a call|like a call|set up a call|schedule a call|arrange a call|quick call|short call|call me back|call back please|callback please|\
a callback|request a callback|a call back|a phone call|on the phone with me|phone number to call|phone number i can call|number i can call|your phone line|phone me back|speak by phone|talk by phone|talk on the phone|speak on the phone|over the phone please|by phone please|hop on a call|hop on a screen share|\
contact me|contact us directly|contact him directly|contact me directly|reach out to me|get in touch with me|in touch with me|get back to me by phone|is anyone there|is anybody there|anyone there|anybody there|anyone human|anybody human|any human|is there a human|is there a person|is there any person|is someone there|\
customer service rep*|a person to look|your manager|your supervisor|your superior|your boss|a supervisor please|speak to support|speak with support|talk to support|talk to sales|speak to sales|escalate this|escalate my|escalate to a|\
rückruf|ruckruf|rufen sie mich|rufen sie uns|ruft mich|ruft uns|ruft bitte an|zurückrufen|zuruckrufen|mich anrufen|uns anrufen|bitte anrufen|ruf mich an|kein bot|keinen bot|keine bots|keine roboter|nicht mit einem bot|mensch bitte|ein mensch bitte|einen mitarbeiter bitte|ist da jemand|ist hier jemand|ist da ein mensch|vorgesetzten sprechen|ansprechpartner bitte|\
rappelez moi|rappelez nous|me rappeler|nous rappeler|quelquun me rappelle|être rappelé*|etre rappele*|appelez moi|mappeler|un humain svp|un humain sil vous plaît|conseiller svp|conseillère svp|un conseiller svp|pas un robot|pas un bot|pas de robot|plus de robot|y a t il quelquun|il y a quelquun|mettre en relation|vraie personne|vrai humain|vrai conseiller|être recontacté*|me recontacter|\
llámenme|llamenme|llámame|me llamen|me llame|me llama|nos llamen|nos llame|nos puede llamar|me puede llamar|me pueden llamar|nos pueden llamar|que me llame*|persona real|no un bot|no más bots|nada de bots|no quiero un bot|hay alguien ahí|hay alguien ahi|atención humana|atencion humana|un humano por favor|un agente por favor|un asesor por favor|asesor por favor|contáctenme|\
me liguem|me liga|me ligue|me ligar|nos liguem|podem me ligar|pessoa real|pessoa de verdade|alguém de verdade|alguem de verdade|não um robô|nao um robo|chega de robô|chega de bot|sem robô|tem alguém aí|tem alguem ai|um humano por favor|um atendente por favor|atendente por favor|atendimento humano|me põe em contato|me passa pra|me passa para|entrem em contato comigo|\
richiamatemi|richiamateci|chiamatemi|chiamateci|essere richiamat*|farmi richiamare|farci richiamare|fate richiamare|mi richiami|mi chiami|mi chiama|mi chiamate|un operatore per favore|operatore per favore|operatore umano|persona vera|persona reale|non un bot|basta bot|niente bot|cè qualcuno|chi posso chiamare|posso chiamare|fate contattare|contattatemi|un umano per favore|\
bel me|bel mij|bel ons|bellen jullie mij|mij even bellen|mij bellen|me bellen|mij terugbellen|terugbellen|teruggebeld|echt mens|echte mens|echte persoon|vlees en bloed|geen bot|geen robot|geen chatbot|een mens graag|medewerker graag|is daar iemand|is er iemand|\
oddzwo*|proszę o telefon|prosze o telefon|proszę zadzwon*|zadzwońcie|zadzwoncie|zadzwoń do mnie|żywy człowiek|zywy czlowiek|żywym człowiekiem|prawdziwy człowiek|prawdziwym człowiekiem|nie bot|bez bota|dość bota|jest tam ktoś|jest tu ktoś|czy ktoś tam jest|konsultant proszę|konsultanta proszę|\
beni arayın|bizi arayın|beni arar mısınız|beni arasın|biri arasın|arasın bizi|geri arayın|geri arama|gerçek biri|gerçek bir insan|canlı destek|bot istemiyorum|robot istemiyorum|bot değil|orada kimse var mı|kimse yok mu|yetkiliye bağla*|müşteri temsilcisine bağla*|temsilciye bağla*|insana bağla*|birini bağlayın|bana dönsün|\
オペレーター|担当者につない|担当者と話|担当の方|担当者お願い|人と話|人間と話|人に代わ|人につない|人間につない|有人対応|有人チャット|有人サポート|有人|電話をください|お電話ください|電話いただ|電話してください|電話つながりません|折り返し|責任者|中の人|ボットではなく|ボットじゃなく|ロボットではなく|誰か話せ|誰かいませんか|どなたかいますか|\
人工人工|转人工|人工客服|人工服务|找人工|接人工|我要人工|真人|客服人员|找个人|找个真|给我打电话|给我打个电话|打电话给我|给我回电话|给我回个电话|回个电话|回电|你们经理|你们领导|叫你们|的经理出来|负责人|叫人来|有人吗|有人在吗|别再让机器人|不要机器人|不想跟机器人|找个财务|安排人|专人|\
التحدث إلى شخص|التحدث مع شخص|التحدث مع موظف|التحدث إلى موظف|أتحدث مع شخص|أتحدث مع موظف|اتكلم مع شخص|أتكلم مع شخص|اكلم شخص|أكلم شخص|أكلم أحد|اكلم احد|أكلم موظف|اكلم موظف|كلمني أحد|يكلمني أحد|حد أكلمه|حد يكلمني|شخص حقيقي|إنسان حقيقي|انسان حقيقي|موظف حقيقي|موظف من فضلك|موظف لو سمحت|اتصلوا بي|اتصلوا فيني|كلموني|يتصل بي|يتصل فيني|حولني|حوّلني|وصلني|خدمة العملاء|يتواصل معي|\
تواصلوا معي|لا أريد روبوت|مش عايز روبوت|بدون روبوت|في حد هنا|هل من أحد|مسؤول عندكم|المسؤول|مديركم|\
इंसान से बात|इंसान से|किसी इंसान|असली इंसान|असली आदमी|एजेंट से बात|एजेंट से|किसी से बात|आदमी से बात|व्यक्ति से बात|मैनेजर से बात|मैनेजर से|फोन करें|फोन करो|फ़ोन करें|फ़ोन करो|कॉल करें|कॉल करो|कॉल करवा*|कॉल कीजिए|फोन कीजिए|कॉल बैक|अधिकारी से|प्रतिनिधि से|प्रतिनिधि चाहिए|बॉट नहीं|बॉट बंद|रोबोट नहीं|कोई है वहाँ|कोई है क्या|कस्टमर केयर से|इंजीनियर को|\
insaan se|insan se baat|banda baat kare|customer care wale se|kisi se baat|agent se baat|manager se baat|call kar do|call karo|call karwa do|phone karo|phone kar do|aadmi se baat",
    ),
    // How somebody is reached.
    (
        REACH,
        0,
        "talk to|talk with|speak to|speak with|chat with|talk it through with|go through it with|discuss it with|discuss this with|discuss with|hear from|hear it from|call with|a call from|reply from|answer from|word with|telephone with|phone with|get hold of|get through to|reach|\
connect me|connect us|put me through|put me thru|put me on|put us through|put us in touch|put me in touch|in touch with|pass me|pass me to|transfer me|hand me|get me|get us|give me|give us|bring me|bring us|find me|assign me|assign us|let me have|escalate this to|escalate it to|looked at by|\
reviewed by|handled by|checked by|shown by|connected with|connected to|speak directly|talk directly|plead with|i demand|demand|any chance of|id love|borrow|last chance for|want a quote from|have that conversation with|conversing with|meet with|write to|\
sprechen|reden|verbinden|verbindet|verbinde|telefonieren|weiterleiten|durchstellen|geben sie mir|gebt mir|holt mir|schicken sie|kontakt zu|kontakt mit|gespräch mit|\
parler|parler à|parler a|parler avec|discuter avec|échanger avec|joindre|passez moi|contacter|avoir|en relation|transférez moi|\
hablar|hablar con|conversar con|platicar con|comunicarme con|comuníqueme|comunícame|pásame|páseme|pasarme|contactar con|atienda|conecte con|contactar|\
falar|falar com|conversar com|passar pra|passar para|me transfere|me transfiram|me conecta|contato com|\
parlare|parlare con|parlo con|parlarne con|passatemi|passarmi|mettermi in contatto|contatto con|mettetemi|sentire|chiamare|\
spreken|praten|praten met|doorverbinden|doorverbind|verbind mij|verbind me|contact met|overleggen met|\
rozmawiać|porozmawiać|rozmowy|rozmowa|pogadać|połączcie|połączyć|połącz|kontakt z|skontaktować|\
görüşmek|görüşebilir|konuşmak|konuşabilir|görüşeyim|konuşayım|bağlayın|bağlar|bağlanmak|aktarın|ulaşmak",
    ),
    (
        WANT,
        0,
        "i want|i expect|we expect|expect|like|prefer|we want|i need|we need|id like|i would like|id prefer|i prefer|i demand|i just need|i want to hear|want|need|get|is there|are there|isnt there|can i have|could i have|may i have|can i get|could i get|have|where is|please have|\
ich will|ich möchte|ich brauche|ich hätte gern|gibt es|habt ihr|je veux|je voudrais|jai besoin|il me faut|y a t il|quiero|necesito|quisiera|hay|quero|preciso|queria|tem|voglio|vorrei|ho bisogno|cè|ik wil|ik zoek|is er|chcę|chciałbym|chciałabym|potrzebuję|jest|istiyorum|lazım|أريد|عايز|عايزة|ابغى|أبغى|بدي|محتاج|هل يوجد|مुझे|चाहिए|chahiye",
    ),
    (
        PERSON,
        0,
        "person|human review|kind person|nice person|director|persons|human|humans|a human being|human being|real person|real human|actual person|actual human|live person|living person|breathing person|live agent|human agent|real agent|real one|grown up|adult|breathing one|\
supervisor|superior|operator|real human being|mensch|menschen|echten menschen|echter mensch|echte person|echtes|humain|conseiller|conseillère|une personne|interlocuteur|humano|una persona|un agente|un asesor|asesor|persona|atendente|uma pessoa|humana|operatore|umano|una persona|\
mens|een mens|medewerker|człowiekiem|człowieka|człowiek|czlowiekiem|konsultantem|konsultanta|konsultant|insan|insanla|temsilci|temsilciyle|yetkiliyle|yetkili|yetkiliye|müdürle|إنسان|بشر|موظف|شخص|इंसान",
    ),
    (
        SOMEONE,
        0,
        "someone|somebody|someone from|somebody from|some specialist|whoever|the person who|jemand|jemanden|jemandem|jemandem vom|wen|einer|quelquun|alguien|alguém|alguem|qualcuno|iemand|kimś|ktoś|kims|ktos|kogoś|biri|biriyle|birisi|أحد|حد|कोई",
    ),
    (
        STAFF,
        0,
        "agent|an agent|a rep|rep|representative|manager|account manager|team lead|lead|engineer|engineers|product manager|success manager|solutions engineer|head of partnerships|sales person|staff member|legal department|procurement|consultant|real moderator|technician|technicians|technical person|technical people|specialist|moderator|officer|colleague|staff|member of staff|accountant|advisor|adviser|accounts|accounting|finance|general counsel|counsel|data protection officer|dpo|one of your people|one of your|your people|your staff|\
mitarbeiter|mitarbeiterin|berater|beraterin|ansprechpartner|vorgesetzten|vorgesetzter|chef|techniker|kollegen|kollege|buchhaltung|support|responsable|technicien|comptable|service comptable|compta|collègue|agent|encargado|supervisor|técnico|ejecutivo|ejecutivo de cuenta|contador|gerente|responsável|técnico|financeiro|supervisor|gerente comercial|\
responsabile|tecnico|addetto|amministrazione|consulente|collega|leidinggevende|techneut|technicus|een van jullie|accountmanager|boekhouding|adviseur|przełożonym|przełożonego|kierownikiem|specjalistą|technikiem|kimś z działu|opiekuna|müdür|uzman|teknik biri|مدير|مهندس|फाइनेंस|इंजीनियर|मैनेजर",
    ),
    (
        ASK,
        0,
        "i prefer that|i expect|i ask|any chance|können sie|können|könnten|könntet|can|could|would|will|may|might|please|let|have|please have|want|need|must|should|has to|have to|can you have|could you have|i ask that|i wish that|ask that|kann|könnte|könnten|kannst|bitte|soll|möge|möchte|könnt ihr|peut|pourrait|pouvez|est ce que|puede|podría|pueden|podrían|por favor|que|pode|poderia|podem|può|potrebbe|potete|kan|kunnen|mag|zou|może|mógłby|mogłaby|niech|proszę żeby|żeby",
    ),
    (MAY, 0, "puede|podría|pueden|pode|poderia|può|potrebbe|peut|pourrait|może|mógłby|mogłaby"),
    (
        DO,
        0,
        "contactarme|llamarme|ayudarme|verificar|revisar|hear it|hear me|transfer|do the|take us through|call|calls|ring|rings|phone|phones|telephone|contact|contacts|look|looks|review|check this|check my|check it|talk|speak|get in touch|be in touch|reach out|walk|walk me|show me|read|answer me|answer|write to me|write me|mail me|confirm|join|stay on|go through|hop|put that right|sort it|sort this|reply|explain|help me|verify|take over|handle|handles|open this|look into|get back|come back to|make a call|fix|\
anrufen|ansehen|anschauen|melden|meldet|kümmern|kümmert|prüfen|draufschauen|helfen|zurückruft|anruft|schaut|erklären|durchgehen|mappelle|appeler|rappelle|rappeler|contacter|contacte|regarder|vérifier|expliquer|aider|llamar|llame|contactar|contacte|revisar|revise|explique|ayudar|mirar|ligar|ligue|contatar|olhar|ver isso|verificar|explicar|ajudar|\
chiamare|chiamarmi|contattare|contattarmi|guardare|controllare|verificare|spiegarmi|aiutarmi|sentirmi|bellen|kijken|bekijken|meekijken|contact opnemen|uitleggen|helpen|zadzwonić|zadzwoni|spojrzeć|sprawdzić|odezwie|odezwał|skontaktował|zajął|wyjaśnić|pomóc",
    ),
    // What makes a word for somebody a thing of the product.
    (
        PRODUCT,
        0,
        "seat|seats|role|roles|field|fields|view|report|reports|desktop|dashboard|permission|permissions|readable|resources|error|id|name|names|column|list|page|button|form|link|api|log|logs|status|profile|card|group|license|licence|slot|calendar|rate|assignment|queue",
    ),
    // Others who are to reach somebody, in the customer's own product.
    (
        OURS,
        0,
        "our customers|our customer|our visitors|our visitor|our users|our clients|our guests|our patients|our own visitors|visitors|our widget|in our widget|our bot|our chatbot|our site|our website|on our side|bot builder|our agents|für unsere kunden|unsere kunden|unsere besucher|nos clients|nos visiteurs|nuestros clientes|mi local|nossos clientes|nosso site|i nostri clienti|onze klanten|nasi klienci|naszych klientów|müşterilerimiz|お客様が|我们的客户|我们客户|عملائنا|العميل|हमारे ग्राहक|menu where|configured|assign|assegno|routing|workflow",
    ),
    (
        MINE,
        0,
        "i|me|my|us|we|ich|mir|mich|uns|je|moi|me|nous|yo|mí|eu|mim|io|mi|ik|mij|me|mnie|mną|bana|ben|beni",
    ),
];

/// Words that ask for a person when they are all there is.
const ALONE: &str = "agent|human|operator|representative|person|advisor|manager|support agent|humans|\
real one|real person|real human|someone|anyone|account manager|mensch|mitarbeiter|humain|conseiller|agente|asesor|humano|persona|pessoa|atendente|umano|operatore|\
mens|medewerker|medewerker spreken|człowiek|konsultant|insan|temsilci|canlı destek|人工|オペレーター|担当者|موظف|إنسان|एजेंट|इंसान";

/// Things of a product, and ways of speaking, that are no request.
const SOUNDS_LIKE: &str = "call to action|calls to action|agent report*|agent desktop|agent dashboard|\
agent seat*|agent role*|agent view|user agent|support agent role|per agent|api call*|function call|\
call log*|call history|call record*|call center|call centre|conference call|video call|they call me|they call us|customers call us|people call me|people call us|clients call us|to call me|calls me|\
human resources|human readable|human error|human language|representative role|sales representative role|\
sales representative field|manager role|manager field|manager view|manager permission*|\
password manager|tag manager|project manager|account manager field|manager approval|\
contact us form|contact us page|contact us button|contact me form|contact us link|callback url|call back url|a callback url|\
callback endpoint|callback error|callback function|callback uri|oauth callback|redirect callback|a callback function|ask anyone there|picked somebody else|somebody elses|someone elses|found someone else|in the call with|on the call with|had a call with|after the call with|the call with your|how do i put|chat with an agent who|bizi arayın buton*|the human review|human review step|\
make me a manager|add a manager|bot detection|not a bot check|not a bot box|im not a robot|i am not a bot|im not a bot|i am a human|as a human|phone call log*|\
are you a robot|are you a bot|are you a human|are you a real|or a human|or a real person|phone line with a chat|talk to a human link|no bot or|no bots in|phone a human|ring me if|call me if somebody calls|\
my manager|our manager|his manager|her manager|their manager|called a manager|single human|my supervisor|our supervisor|anyone there in my team|give me a raise|give me access|\
rufen sie die funktion|mein chef|rückrufnummer|rückruf feld|rückruf url|feld rückruf|rückrufe export*|rückrufliste|mon responsable|mi encargado|mi gerente|meu gerente|il mio responsabile|mijn leidinggevende|atendente virtual|agente virtual|chamar a atendente|terugbellen knop|terugbelverzoek veld|terugbellijst|\
人工智能|人工录入|人工费|人工成本|人工审批|有人用|有人把|有人在群|有人登录|有人改|真人秀|担当者フィールド|担当者欄|担当者を変更|担当者の変更|担当者を追加|担当者別|担当者に割り当て|担当者名|担当者一覧|責任者欄|責任者の変更|責任者を|責任者ロール|オペレーターの追加|オペレーターを追加|オペレーター権限|オペレーター画面|オペレーター一覧|オペレーター別|有人が|折り返し表示|折り返しの設定|行の折り返し|\
负责人字段|负责人一栏|负责人列|更换负责人|负责人改|修改负责人|回电记录|ملف موظف|إضافة موظف|حساب موظف|موظف جديد|خدمة العملاء لدينا|صفحة خدمة العملاء|فريق خدمة العملاء لدينا|المسؤول عن الحساب|दूसरे एजेंट|एजेंट जोड़|एजेंट रिपोर्ट|कॉल लॉग|कॉल बैक यूआरएल|कॉल करने वाला बटन|नया एजेंट|konsultant widzi|konsultanta w systemie|oddzwonień|müşteri temsilcisi rolü|temsilci ekle|temsilci rolü|canlı destek modülü|canlı destek eklentisi";

/// Ways to decline. They count in the few words before a phrase of asking.
const DECLINING: &str = "dont need|do not need|dont want|do not want|no need|doesnt need|not asking|not asked|\
didnt ask|didnt need|never asked|without|rather not|instead of|dont have to|not necessary|neednt|not for|dont connect|dont call|dont wish|do not wish|didnt want|please dont|do not call|do not connect|dont put|dont transfer|dont give|dont get|\
dont think i need|dont send|before i|had a|spoke to|didnt expect|prove you|did a single|brauche keinen|keinen|brauche nicht|brauche keine|brauche kein|ohne|nicht nötig|muss mich nicht|muss nicht|pas besoin|sans|inutile|ne veux pas|\
no necesito|no quiero|no hace falta|sin|nao preciso|não preciso|não quero|nem precisa|não precisa|sem|non ho bisogno|non serve|non voglio|senza|geen|zonder|hoef niet|hoeft niet|\
niet nodig|nie potrzebuj*|nie trzeba|nie chcę|bez|proszę nie|لا أحتاج|لا احتاج|لا أريد|مش محتاج|مش عايز|ما أحتاج|ما ابغى|من غير|नहीं चाहिए|ज़रूरत नहीं|مالنا";
/// Ways to decline that stand behind it, in languages with the verb last.
const DECLINING_AFTER: &str = "dont need one|not necessary|not needed|is not needed|isnt needed|unnecessary|istemiyorum|gerek yok|aratmayın|bağlamayın|不要です|必要ありません|いりません|は不要|は結構|つながなくて|なくて結構|なくて大丈夫|しないで|नहीं चाहिए|की ज़रूरत नहीं|की जरूरत नहीं|मत करो|मत कीजिए|nicht nötig|brauche ich nicht|nicht notwendig|ist nicht nötig|no es necesario|não é necessário|non è necessario|non serve|is niet nodig|hoeft niet|nie jest potrzebn*|nie potrzebuję|ce nest pas nécessaire|pas nécessaire|nahi chahiye|ki zaroorat nahi|already helped";
/// 不需要人工: the verb stands directly before.
const DECLINING_DIRECT: &str = "不需要|不用|不要|无需|别给我|别|不必";
/// What ends the reach of a decline.
const TURNING: &str = "but|sondern|mais je|mais un|mais une|pero|sino|mas|ma|maar|ale|tylko|bot|bots|robot|robots|chatbot|roboter|robô|instead|anymore|again|articles|lieber|plutôt|and i|and still|still|article|twice|times|three";

/// What the phrases say of the wish for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Asked for, in these words.
    Asked(&'static str),
    /// Declined, or only sounds like a request.
    Declined,
    /// Nothing is said.
    Silent,
}

/// Reads the wish for a person from a text made by [`crate::phrases::plain`].
pub(crate) fn wish(text: &str) -> Wish {
    let whole = text.trim();
    let asked = ["please", "svp", "bitte", "por favor", "per favore", "now", "graag", "pls"]
        .iter()
        .find_map(|word| whole.strip_suffix(word))
        .unwrap_or(whole)
        .trim_end();
    if let Some(word) = ALONE.split('|').find(|word| *word == asked) {
        return Wish::Asked(word);
    }
    static SOUNDS: OnceLock<Shelves> = OnceLock::new();
    static WORDS: OnceLock<Lexicon<'static>> = OnceLock::new();
    let traps = SOUNDS.get_or_init(|| Shelves::new(SOUNDS_LIKE)).places(text);
    let mut answer = if traps.is_empty() { Wish::Silent } else { Wish::Declined };
    let tokens = tokens(text, WORDS.get_or_init(|| Lexicon::new(LISTS)));
    let ours = tokens.iter().any(|token| token.is(OURS));
    for at in 0..tokens.len() {
        let Some(other) = asks(&tokens, at) else { continue };
        let (from, to) = (at.min(other), at.max(other));
        let (start, end) = (tokens[from].start, tokens[to].end);
        if traps.iter().any(|trap| start < trap.1 && end > trap.0) {
            continue;
        }
        let own = tokens[from.saturating_sub(3)..=to].iter().any(|token| token.is(MINE))
            || tokens[at].is(COMPLETE);
        if declined(text, start, end) || ours && !own {
            answer = Wish::Declined;
        } else {
            return Wish::Asked(phrase(&text[tokens[at].start..tokens[at].end]));
        }
    }
    answer
}

/// Whether the token asks for a person: by itself, or with another near it, whose
/// place is given.
fn asks(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens[at];
    if token.is(COMPLETE) {
        return Some(at);
    }
    let is = |place: usize, class| tokens.get(place).is_some_and(|token| token.is(class));
    let near = |from: usize, to: usize, class| {
        (from..to.min(tokens.len())).find(|place| is(*place, class))
    };
    if !token.is(PERSON | SOMEONE | STAFF) || is(at + 1, PRODUCT) {
        return None;
    }
    let before = at.saturating_sub(5);
    // "speak with one of your engineers"; in German and Turkish the verb is last.
    if let Some(reach) = near(before, at, REACH) {
        return Some(reach);
    }
    if let Some(reach) = near(at + 1, at + 4, REACH).filter(|_| token.is(PERSON | SOMEONE)) {
        return Some(reach);
    }
    let does = near(at + 1, at + 7, DO);
    if let Some(does) = does
        && (near(at.saturating_sub(3), at, ASK | WANT).is_some()
            || near(at + 1, at + 3, MAY).is_some())
        && (token.is(PERSON | SOMEONE) || !is(at + 1, DO) || near(does, does + 3, MINE).is_some())
    {
        return Some(does);
    }
    // "I want a person", "is there a supervisor"
    near(at.saturating_sub(3), at, WANT).filter(|_| token.is(PERSON))
}

/// The list's own spelling of what was found.
fn phrase(said: &str) -> &'static str {
    let mut phrases = LISTS.iter().flat_map(|(_, _, list)| list.split('|'));
    phrases
        .find(|phrase| {
            *phrase == said || phrase.strip_suffix('*').is_some_and(|stem| said.starts_with(stem))
        })
        .unwrap_or("person")
}

fn declined(text: &str, start: usize, end: usize) -> bool {
    let from = text.ceil_char_boundary(start.saturating_sub(28));
    // What asks may be part of what declines: "I don't need a human".
    let before = format!(" {} ", text[from..end].trim());
    let ahead = text[from..start].trim();
    let until = text.floor_char_boundary((end + 42).min(text.len()));
    let after = format!(" {} ", text[end..until].trim());
    let direct = DECLINING_DIRECT.split('|').any(|word| ahead.ends_with(word));
    let last = occurrences(DECLINING, &before).map(|(_, _, end)| end).max();
    let reaches = last.is_some_and(|end| first(TURNING, &before[end..]).is_none());
    direct || reaches || first(DECLINING_AFTER, &after).is_some() || ahead == "no"
}

#[cfg(test)]
mod tests;
