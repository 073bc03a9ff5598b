//! Ways of asking for a person, and what only sounds like it, in each language.

use super::{Wish, wish};
use crate::phrases::plain;

fn of(text: &str) -> Wish {
    wish(&plain(text))
}

/// All of them ask, or none does.
fn check(asking: &[&str], not_asking: &[&str]) {
    assert!(asking.len() >= 10 && not_asking.len() >= 6);
    let missed: Vec<_> = asking.iter().filter(|text| !matches!(of(text), Wish::Asked(_))).collect();
    let alarms: Vec<_> =
        not_asking.iter().filter(|text| matches!(of(text), Wish::Asked(_))).collect();
    assert!(missed.is_empty() && alarms.is_empty(), "missed {missed:#?} false {alarms:#?}");
}

#[test]
fn english() {
    check(
        &[
            "Can I talk to a real person, please?",
            "GET ME A MANAGER. A manager, now",
            "Is anyone there who can look at this?",
            "Can I get a call?",
            "Stop with the bot",
            "Give me someone who understands invoices",
            "I'd rather speak with one of your engineers",
            "Could somebody from accounts ring me this afternoon?",
            "Please put me through to your supervisor",
            "I want a person to review the block by hand",
            "Have someone call me on my mobile",
            "Is there a human I can write to?",
            "No more canned answers. Human please.",
            "I don't want a bot, I want a human",
            "Could one of your technicians please have a look at the file?",
            "I need to speak to whoever handles closures",
            "agent please",
            "Let me talk to your manager about the refund",
            "Please have somebody from your team contact me",
            "my customers can't log in, please call me",
        ],
        &[
            "I don't need a human, just the link.",
            "No need to speak to someone about it",
            "The agent report is empty",
            "Where do I edit the call to action?",
            "The OAuth callback URL is rejected",
            "Can I rename the manager role",
            "How do I add an agent seat?",
            "Is the export human-readable?",
            "The call log is empty since Monday",
            "The representative field is missing on the form",
            "I already spoke to your agent yesterday, all is fine",
            "How do I add an agent?",
            "Our customers can't reach a human agent in our widget",
            "Can a manager approve time off?",
            "Are you a bot or a human?",
            "We have twelve human resources people on the plan",
            "Please help, the page is blank",
        ],
    );
}

#[test]
fn german() {
    check(
        &[
            "Ich möchte mit einem Menschen sprechen",
            "Kann mich bitte jemand zurückrufen?",
            "Bitte um Rückruf unter meiner Nummer",
            "Verbinden Sie mich mit einem Mitarbeiter",
            "Ich will keinen Bot sondern einen Menschen",
            "Ist da jemand?",
            "Kann sich das jemand von euch ansehen?",
            "Rufen Sie mich bitte an",
            "Ich möchte Ihren Vorgesetzten sprechen",
            "Geben Sie mir bitte einen echten Menschen",
            "Kann ich mit jemandem reden, der sich auskennt?",
        ],
        &[
            "Ich brauche keinen Rückruf",
            "Das Feld Rückrufnummer fehlt im Formular",
            "Wo lege ich einen neuen Mitarbeiter an?",
            "Der Bericht pro Agent ist leer",
            "Mein Chef möchte die Rechnung sehen",
            "Kein Mensch braucht dieses Menü",
            "Die Rückruf-URL wird abgelehnt",
        ],
    );
}

#[test]
fn french() {
    check(
        &[
            "Je veux parler à quelqu’un",
            "Je voudrais parler à un conseiller",
            "Pouvez-vous me rappeler ?",
            "Rappelez-moi s'il vous plaît",
            "Un humain svp",
            "Est-ce que quelqu'un peut regarder mon dossier ?",
            "Passez-moi un responsable",
            "Je préfère parler à une personne plutôt qu'à un robot",
            "Il y a quelqu'un ?",
            "Mettez-moi en relation avec un technicien",
            "conseiller svp",
        ],
        &[
            "pas besoin d'un conseiller, pas besoin de parler à un agent",
            "Comment ajouter un agent à mon équipe ?",
            "Le rapport par agent est vide",
            "Mon responsable veut la facture",
            "Le champ responsable a disparu",
            "L'URL de rappel est refusée",
            "Comment changer le rôle d'un conseiller ?",
        ],
    );
}

#[test]
fn spanish() {
    check(
        &[
            "Quiero hablar con una persona",
            "Necesito hablar con alguien de facturación",
            "¿Me pueden llamar?",
            "Que me llame un técnico, por favor",
            "Páseme con un supervisor",
            "Un humano por favor",
            "¿Hay alguien ahí?",
            "No quiero un bot",
            "¿Alguien puede revisar mi caso?",
            "asesor por favor",
            "¿Podría alguien contactarme?",
        ],
        &[
            "No necesito un agente, gracias",
            "¿Cómo agrego un agente al equipo?",
            "El informe por agente está vacío",
            "No hace falta que me llamen",
            "Mi gerente quiere la factura",
            "El campo supervisor no aparece",
            "¿Cómo cambio el rol de un asesor?",
        ],
    );
}

#[test]
fn portuguese() {
    check(
        &[
            "Quero falar com um atendente",
            "Preciso falar com alguém do financeiro",
            "Podem me ligar?",
            "Me liguem por favor",
            "Tem alguém aí?",
            "Me passa pra uma pessoa de verdade",
            "Um humano por favor",
            "Chega de robô",
            "Alguém pode verificar meu caso?",
            "Quero falar com o gerente",
            "Prefiro falar com uma pessoa",
        ],
        &[
            "Não preciso de um atendente",
            "Como adiciono um atendente?",
            "O relatório por agente está vazio",
            "nem precisa mais me ligar",
            "Meu gerente quer a fatura",
            "O atendente virtual está com o nome errado",
            "O campo responsável sumiu",
        ],
    );
}

#[test]
fn italian() {
    check(
        &[
            "Vorrei parlare con un operatore",
            "Posso parlare con qualcuno?",
            "Richiamatemi per favore",
            "C'è qualcuno?",
            "Chiamatemi al cellulare",
            "Un umano per favore",
            "Basta bot, passatemi una persona",
            "Qualcuno può controllare la mia pratica? Potete farmi richiamare da una persona reale?",
            "Mi fate contattare da un tecnico?",
            "Voglio parlare con il responsabile",
        ],
        &[
            "Non ho bisogno di un operatore",
            "Come aggiungo un operatore?",
            "Il rapporto per agente è vuoto",
            "Il mio responsabile vuole la fattura",
            "Il campo operatore è sparito",
            "assegno la chat a un operatore e resta vuota",
            "Come cambio il ruolo di un agente?",
        ],
    );
}

#[test]
fn dutch() {
    check(
        &[
            "Ik wil een medewerker spreken",
            "Kan iemand mij bellen?",
            "Bel me even terug",
            "Ik wil met een mens praten",
            "Is daar iemand?",
            "Kunt u mij doorverbinden met een medewerker?",
            "Geen chatbot meer, een echt mens graag",
            "Kan iemand van jullie hiernaar kijken?",
            "Ik wil teruggebeld worden",
            "Mag een van jullie mij even bellen?",
        ],
        &[
            "Ik hoef geen medewerker te spreken",
            "Hoe voeg ik een medewerker toe?",
            "Het rapport per agent is leeg",
            "Mijn leidinggevende wil de factuur",
            "Het veld medewerker ontbreekt",
            "Hoe verander ik de rol van een agent?",
        ],
    );
}

#[test]
fn polish() {
    check(
        &[
            "Chcę rozmawiać z człowiekiem",
            "Proszę o telefon",
            "Oddzwońcie do mnie",
            "Chciałbym porozmawiać z kimś z działu rozliczeń",
            "Proszę połączyć mnie z konsultantem",
            "Czy ktoś tam jest?",
            "Zadzwońcie do mnie jutro",
            "Dość bota, żywy człowiek proszę",
            "Czy ktoś może sprawdzić moje konto? Proszę o telefon",
            "Chcę rozmawiać z przełożonym",
        ],
        &[
            "Nie potrzebuję konsultanta",
            "Jak dodać konsultanta?",
            "Raport dla agenta jest pusty",
            "Nie trzeba łączyć z konsultantem",
            "Mój kierownik chce fakturę",
            "Pole opiekun zniknęło",
        ],
    );
}

#[test]
fn turkish() {
    check(
        &[
            "yetkiliye bağla",
            "Bir insanla görüşmek istiyorum",
            "Beni arayın lütfen",
            "Biri arasın beni",
            "Gerçek biri lazım",
            "Bot istemiyorum",
            "Müşteri temsilcisine bağlanmak istiyorum",
            "Biriyle konuşabilir miyim?",
            "Canlı destek",
            "Orada kimse var mı?",
        ],
        &[
            "Temsilciye gerek yok",
            "Yeni temsilci ekle butonu nerede?",
            "Temsilci rolü değişmiyor",
            "Canlı destek modülü kurulmuyor",
            "Müşteri temsilcisi aratmayın",
            "Rapor boş geliyor",
        ],
    );
}

#[test]
fn japanese() {
    check(
        &[
            "オペレーターお願いします",
            "担当者につないでください",
            "人と話したいです",
            "電話をください",
            "折り返しお願いします",
            "責任者を呼んでください。責任者と話したい",
            "有人対応にしてください",
            "誰かいませんか",
            "ボットではなく人間につないでください",
            "お電話いただけますか",
        ],
        &[
            "オペレーターは不要です",
            "担当者フィールドが消えました",
            "担当者の変更方法を教えてください",
            "電話は不要です、メールで結構です",
            "オペレーターを追加したいです",
            "責任者欄が空です",
        ],
    );
}

#[test]
fn chinese() {
    check(
        &[
            "转人工",
            "我要人工客服",
            "请给我打电话",
            "有人吗",
            "叫你们经理来",
            "找个真人跟我说",
            "不要机器人",
            "麻烦回个电话",
            "找个人帮我看看",
            "我想跟真人聊",
        ],
        &[
            "不需要人工",
            "别给我转人工",
            "人工智能怎么打开",
            "负责人字段不见了",
            "有人用我的号发消息",
            "人工成本报表是空的",
        ],
    );
}

#[test]
fn arabic() {
    check(
        &[
            "أريد موظف من فضلك",
            "يظهر خطأ في كل مرة. أريد التحدث إلى شخص",
            "اتصلوا بي لو سمحتم",
            "في حد هنا؟",
            "حولني على خدمة العملاء",
            "أريد التحدث مع موظف",
            "عايز حد يكلمني",
            "أبغى شخص حقيقي",
            "كلموني على الجوال",
            "بدون روبوت، أريد إنسان حقيقي",
        ],
        &[
            "لا أحتاج موظف",
            "كيف أضيف وكيل جديد؟",
            "إضافة موظف جديد لا تعمل",
            "ملف موظف عندي فارغ",
            "حساب موظف لا يفتح",
            "التقرير فارغ",
        ],
    );
}

#[test]
fn hindi() {
    check(
        &[
            "मुझे किसी इंसान से बात करनी है",
            "मैनेजर से बात कराइए",
            "मुझे कॉल करें",
            "फोन करो मुझे",
            "कोई असली आदमी है यहाँ?",
            "एजेंट से बात करनी है",
            "कस्टमर केयर से बात करनी है",
            "बॉट नहीं, इंसान चाहिए",
            "मुझे कॉल बैक चाहिए",
            "customer care wale se baat karni h",
        ],
        &[
            "एजेंट से बात नहीं चाहिए, ज़रूरत नहीं",
            "नया एजेंट कैसे जोड़ें?",
            "एजेंट रिपोर्ट खाली है",
            "कॉल लॉग नहीं दिख रहा",
            "रिपोर्ट खाली है",
            "पासवर्ड कैसे बदलें?",
        ],
    );
}
