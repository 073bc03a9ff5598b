//! Plain words for each intent, in many languages. The messages that the weights
//! were learned from avoid the obvious word; customers do not. Lists are written
//! as in `phrases`.

use baton_packet::{Intent, Urgency};

use crate::{model, phrases::occurrences};

/// Share of its list's score that a second cue adds; more are not counted.
const SECOND: f32 = 0.35;

/// Per intent its score and its cues. What names only a thing, such as an
/// invoice, scores less than what says that something is wrong with it.
const CUES: [(Intent, f32, &str); 13] = [
    (
        Intent::Security,
        2.4,
        "hacked|hijacked|compromised|phishing|vulnerability|stolen|leaked|unknown device|\
someone logged into|somebody logged into|someone else is in|another company*|other customers data|\
gehackt|gestohlen|fremde daten|piraté|hackead*|roubad*|robad*|rubato|gestolen|skradzion*|çalındı|\
乗っ取*|不正ログイン|被盗|泄露|盗号|*اختراق|*سرق*|हैक|चोरी",
    ),
    (
        Intent::PrivacyLegal,
        2.4,
        "gdpr|hipaa|ccpa|soc 2|dpa|lawyer|attorney|solicitor|personal data|data protection|erase my data|\
delete my data|dsgvo|datenschutz|anwalt|rgpd|avocat|abogado|lgpd|advogado|avvocato|dati personali|\
persoonsgegevens|advocaat|rodo|prawnik|kvkk|avukat*|個人情報|弁護士|个人信息|律师|隐私|*محامي*|*بياناتي الشخصية|वकील|निजी डेटा",
    ),
    (
        Intent::Refund,
        3.0,
        "refund|refunded|refunds|money back|charged twice|charged me twice|double charge*|double charged|\
charged again|chargeback|reimburse*|overcharged|waive|zurückerstatt*|rückerstattung|erstattung|geld zurück|\
doppelt abgebucht|zweimal abgebucht|rembours*|débité deux fois|prélevé deux fois|reembols*|\
devolución|dos veces|cobrado duas vezes|estorno|duas vezes|rimbors*|due volte|terugbetal*|geld terug|\
twee keer afgeschreven|zwrot*|dwa razy|iade|iki kez|返金|二重|退款|退钱|重复扣|*استرداد|*استرجاع|مرتين|रिफंड|वापस कर|दो बार",
    ),
    (
        Intent::Access,
        2.4,
        "password|cant log in|cannot log in|cant login|unable to log in|cant sign in|cannot sign in|\
log in|locked out|2fa|verification code|login code|account suspended|reset link|\
passwort|anmelden|einloggen|ausgesperrt|gesperrt|mot de passe|me connecter|connexion|contraseña|\
iniciar sesión|entrar en mi cuenta|senha|fazer login|entrar na minha conta|accedere|wachtwoord|inloggen|\
hasł*|zalogowa*|şifre*|giriş yap*|ログイン|パスワード|登录|登不|密码|验证码|*تسجيل الدخول|*كلمة المرور|*كلمة السر|लॉगिन|पासवर्ड",
    ),
    (
        Intent::Cancel,
        2.6,
        "cancel my|cancel our|cancel the subscription|cancel the plan|close my account|delete my account|\
close our account|unsubscribe|stop my subscription|end my subscription|end our contract|not renew*|\
kündig*|abo beenden|konto löschen|résili*|annuler mon abonnement|supprimer mon compte|\
cancelar mi|darme de baja|cerrar mi cuenta|cancelar minha|cancelar a assinatura|encerrar minha|disdire|\
disdetta|annullare labbonamento|opzeggen|abonnement stop*|rezygn*|wypowied*|anulować subskrypcję|\
aboneli*|iptal et*|解約|退会|取消订阅|退订|注销|*إلغاء الاشتراك|*الغاء الاشتراك|सदस्यता रद्द|बंद कर दो",
    ),
    (
        Intent::Outage,
        2.4,
        "is down|are down|site down|outage|502|503|504|nothing loads|everything is down|very slow|extremely slow|\
not responding|ist down|ausgefallen|nichts geht|sehr langsam|en panne|ne répond plus|caído|caída|\
no carga nada|fora do ar|caiu|lento|giù|non carica|plat|ligt eruit|traag|nie działa nic|leży|awaria|\
çöktü|açılmıyor|落ちて|繋がらない|つながらない|重い|宕机|打不开|很慢|卡死|*معطل|*بطيء|ठप|डाउन|धीमा",
    ),
    (
        Intent::Billing,
        1.4,
        "invoice|invoices|receipt|vat|payment method|card declined|card was declined|pricing|billing|\
rechnung|rechnungen|mehrwertsteuer|zahlung|facture|factures|tva|paiement|factura|facturas|iva|pago|\
fatura|faturas|nota fiscal|pagamento|fattura|fatture|factuur|facturen|btw|betaling|faktur*|płatność|\
ödeme|kdv|請求書|領収書|支払い|发票|付款|支付|*فاتورة|*الفاتورة|*الدفع|चालान|बिल|भुगतान",
    ),
    (
        Intent::Integration,
        1.8,
        "api|webhook|webhooks|sdk|oauth|zapier|integration|sync|synchronisation|schnittstelle|\
intégration|integración|integração|integrazione|koppeling|integracj*|entegrasyon|連携|接口|同步|对接|\
*التكامل|*الربط|*مزامنة|एपीआई|सिंक",
    ),
    (
        Intent::Bug,
        2.4,
        "crash*|an error|error message|error when|bug|broken|doesnt work|does not work|not working|\
stopped working|fails|failed|failing|went wrong|blank page|white screen|nothing happens|doesnt render|\
doesnt load|wont load|wont save|cant save|freezes|frozen|wrong total*|exception|\
fehler|fehlermeldung|funktioniert nicht|geht nicht|stürzt ab|lädt nicht|kaputt|leere seite|\
erreur|ne fonctionne pas|ne marche pas|plante|no funciona|falla|se cierra|página en blanco|erro|\
não funciona|trava|errore|non funziona|si blocca|werkt niet|foutmelding|loopt vast|nie działa|błąd|\
zawiesza|hata|çalışmıyor|エラー|動かない|動きません|開けません|表示されない|表示されません|バグ|报错|错误|崩溃|空白|\
显示不|*خطأ|*لا يعمل|*ما يشتغل|त्रुटि|काम नहीं कर|एरर|खाली",
    ),
    (
        Intent::AccountChange,
        2.4,
        "change my email|change my name|change the owner|make her the owner|make him the owner|\
transfer ownership|add seats|more seats|upgrade our plan|downgrade|merge accounts|merge two accounts|\
update my email|e mail ändern|adresse ändern|inhaber|changer mon adresse|changer de propriétaire|\
cambiar mi correo|cambiar el correo|mudar meu email|alterar meu|cambiare email|e mailadres wijzigen|\
zmienić adres|zmiana adresu|e postamı değiştir*|メールアドレスを変更|名義|修改邮箱|更换邮箱|*تغيير البريد|ईमेल बदल",
    ),
    (
        Intent::FeatureRequest,
        2.4,
        "feature request|would be nice|would be great|would love|please add|could you add|dark mode|\
it would help if|wäre schön|wäre toll|wünsche mir|ce serait bien|pourriez vous ajouter|sería genial|\
podrían añadir|seria ótimo|poderiam adicionar|sarebbe bello|potreste aggiungere|zou fijn zijn|zou handig|\
byłoby miło|przydał*|dodajcie|eklenebilir|olsa güzel|追加してほしい|欲しいです|あると嬉しい|希望能|建议增加|能不能加|\
*أتمنى|*اقتراح|*إضافة ميزة|जोड़ दें|सुविधा जोड़",
    ),
    (
        Intent::HowTo,
        2.0,
        "how do i|how can i|how to|where do i|where can i|where is the|is there a way|is it possible|\
what does|wie kann ich|wie mache ich|wo finde ich|comment faire|comment puis je|où trouver|cómo puedo|\
dónde está|como faço|onde fica|como posso|come posso|come faccio|dove trovo|hoe kan ik|waar vind ik|\
jak mogę|jak ustawić|gdzie jest|jak dodać|nasıl|nerede|方法を教え|どうやって|どこですか|怎么设置|如何|在哪里|怎么|\
*كيف|*أين|कैसे|कहाँ",
    ),
    (
        Intent::Feedback,
        2.0,
        "love the new|great job|well done|great work|amazing|superb|awful|terrible|dreadful|ugly|thank you for|\
tolle arbeit|super gemacht|furchtbar|bravo|affreux|excelente|horrible|ótimo|péssimo|ottimo|orribile|\
geweldig|vreselijk|świetn*|okropn*|harika|berbat|素晴らしい|使いやすい|ひどい|太棒了|难用|好用|*رائع|*ممتاز|*سيئ|बढ़िया|शानदार|बेकार",
    ),
];

/// Cues that speak of urgency.
const URGENT: [(Urgency, f32, &str); 3] = [
    (
        Urgency::Critical,
        2.4,
        "production is down|whole company|nobody can work|all our data|everyone is blocked|losing money every|\
is in my account|someone hacked|hacked my account",
    ),
    (
        Urgency::High,
        2.0,
        "cant work|cannot work|cant log in|cannot log in|locked out|charged twice|urgent|asap|blocked|blocking us|\
dringend|urgente|urgent pour|pilne|acil|spoed|至急|紧急|*عاجل|तुरंत",
    ),
    (
        Urgency::Normal,
        1.2,
        "an error|error message|error when|crash*|broken|doesnt work|not working|stopped working|fails|failed|\
went wrong|fehler|funktioniert nicht|erreur|no funciona|não funciona|errore|non funziona|werkt niet|\
nie działa|çalışmıyor|エラー|报错|*خطأ|त्रुटि",
    ),
];

/// Calls `found` with each cue of a plain text: the answer's place in a row of
/// scores, the phrase, and the score it adds.
pub(crate) fn add(text: &str, mut found: impl FnMut(usize, &'static str, f32)) {
    let intents = CUES
        .iter()
        .map(|(intent, score, list)| (model::INTENT.start + *intent as usize, *score, *list));
    let urgent = URGENT
        .iter()
        .map(|(level, score, list)| (model::URGENCY.start + *level as usize, *score, *list));
    for (answer, score, list) in intents.chain(urgent) {
        let mut seen: Option<&str> = None;
        for (phrase, ..) in occurrences(list, text) {
            let weight = match seen {
                None => score,
                Some(first) if first != phrase => score * SECOND,
                Some(_) => continue,
            };
            found(answer, phrase, weight);
            if seen.replace(phrase).is_some() {
                break;
            }
        }
    }
}
