//! The languages whose endings and small words are known.

/// What decides how words are read. Other languages are searched by whole words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    En,
    De,
    Fr,
    Es,
    Pt,
    It,
    Nl,
    Ar,
    Other,
}

impl Language {
    pub(crate) fn of(base: &str) -> Self {
        match base {
            "en" => Self::En,
            "de" => Self::De,
            "fr" => Self::Fr,
            "es" => Self::Es,
            "pt" => Self::Pt,
            "it" => Self::It,
            "nl" => Self::Nl,
            "ar" => Self::Ar,
            _ => Self::Other,
        }
    }

    /// Whether it writes several words as one.
    pub(crate) fn has_compounds(self) -> bool {
        matches!(self, Self::De | Self::Nl)
    }

    /// Words that say little about what is asked for, folded as
    /// [`super::words::words`] does, with a space on either side of each. The parts
    /// of words with an apostrophe are among them.
    pub(crate) fn small_words(self) -> &'static str {
        match self {
            Self::En => {
                " a an the and or of to in on at for from by with as is are was were be been am do \
does did done doing have has had having i me my mine we our ours us you your yours it its this \
that these those there here how what where when why which who whose can could should would will \
may might must shall not no so if but than then just please help hi hello hey thanks thank thx want \
wants need needs like get gets getting got let lets t s d m ll re ve don doesn didn isn aren wasn \
won couldn shouldn wouldn cannot dont doesnt didnt cant wont im ive id youre whats hows theyre \
they them their he she his her him about into any some every each all also too very more most out \
up off over again now know tell possible able way someone somebody anyone something anything \
really still one same other only use used using go goes going see try trying team \
would id hello dear regards because while whether am pm work \
works worked working "
            }
            Self::De => {
                " der die das den dem des ein eine einen einem einer eines und oder ist sind war bin \
wird werden wurde wurden sein ich wir ihr sie er es du man mir mich uns euch ihnen ihm mein meine \
meinen meinem meiner unser unsere unseren unserem unserer euer eure ihre ihren ihrem ihrer wie was wo \
wann warum wer welche welcher welches welchen kann konnen konnte koennen kannst muss mussen muessen \
soll sollte will wollen mochte moechte mochten habe haben hat hatte nicht kein keine keinen auf \
aus bei bis durch fur fuer gegen in im ins mit nach ohne um von vom vor zu zum zur zwischen uber \
ueber unter an am ans als ob dass wenn weil aber auch noch nur schon so da dann hier dort hallo \
guten tag bitte danke gibt geht mal sich selbst dieser diese dieses diesen diesem alle alles \
mehr sehr doch denn eigentlich irgendwie etwas jemand "
            }
            Self::Fr => {
                " le la les l un une des du de d et ou est sont etait je j nous vous il elle on ils \
elles tu me m te t se s ne n pas plus que qu qui quoi quel quelle quels quelles ce c cet cette ces \
mon ma mes notre nos votre vos son sa ses leur leurs comment ou quand pourquoi puis peux peut \
pouvez pouvons dois doit faut fait veux voudrais voulons ai as a avons avez ont etre avoir \
dans en sur sous par pour avec sans a au aux chez entre y bonjour salut merci svp stp plait si mais \
donc aussi tres bien tout tous toute toutes ici meme comme possible quelqu "
            }
            Self::Es => {
                " el la los las un una unos unas de del y o e u es son esta estan era soy yo nosotros \
tu usted ustedes ellos ella me te se nos le les lo mi mis nuestro nuestra nuestros nuestras su sus \
que quien cual cuales como donde cuando por porque para con sin en sobre a al no si puedo puede \
podemos pueden debo debe hay quiero queremos necesito tengo tiene tenemos he ha han hola \
gracias favor muy mas menos ya tambien pero este estos estas ese esa eso esto todo todos toda todas \
alguien algo "
            }
            Self::Pt => {
                " o a os as um uma uns umas de do da dos das e ou em no na nos nas por pelo pela para \
pra com sem sobre ao aos que quem qual quais como onde quando porque eu nos voce voces ele ela eles \
elas me se lhe meu minha meus minhas nosso nossa seu sua seus suas este esta isso isto esse essa \
nao sim posso pode podemos devo deve ha tem tenho temos fazer faco quero preciso gostaria ola oi \
obrigado obrigada favor muito mais menos ja tambem mas todo todos toda todas e sao foi ser estar "
            }
            Self::It => {
                " il lo la i gli le l un uno una di del dello della dei degli delle d e o in nel nello \
nella nei nelle a al allo alla ai agli alle da dal dalla dai dalle con su sul sulla per tra fra che \
chi cosa quale quali come dove quando perche io noi tu voi lui lei loro mi ci ti vi si ne mio mia \
miei mie nostro nostra nostri nostre suo sua tuo tua questo questa questi queste quello quella non \
posso puo possiamo devo deve c e sono ho ha abbiamo hanno fare vorrei voglio ciao salve grazie \
favore molto piu gia anche ma se tutto tutti tutte essere avere "
            }
            Self::Nl => {
                " de het een en of is zijn was waren ben ik wij we jij je u jullie hij zij ze het mij me \
ons hun mijn onze jouw uw hoe wat waar wanneer waarom wie welke kan kunnen kun moet moeten mag wil \
willen zou heb hebben heeft had niet geen op in aan bij tot door voor tegen met na zonder om van te \
uit over onder als dat dan deze dit die daar hier er hallo hoi dag bedankt graag alstublieft ook nog \
maar al wel zo alle alles meer zeer iemand iets naar worden wordt "
            }
            Self::Ar => {
                " في من علي الي عن مع هل ما ماذا كيف اين متي لماذا انا نحن هو هي انت هذا هذه ذلك ان \
او و لا لم لن كل قد يمكن يمكنني استطيع اريد مرحبا شكرا لي لنا عند بعد قبل الذي التي ثم "
            }
            Self::Other => "",
        }
    }

    pub(crate) fn is_small_word(self, folded: &str) -> bool {
        let all = self.small_words();
        // A word is found only between its spaces.
        all.match_indices(folded).any(|(at, _)| {
            all.as_bytes()[at - 1] == b' ' && all.as_bytes()[at + folded.len()] == b' '
        })
    }
}

/// The base of a language tag, small: `pt` of `pt-BR`; at most eight letters.
pub(crate) fn base(tag: &str) -> String {
    let letters = tag.trim().bytes().take_while(u8::is_ascii_alphabetic).take(8);
    letters.map(|letter| char::from(letter.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_whole_words_and_folded() {
        assert!(Language::En.is_small_word("how"));
        assert!(!Language::En.is_small_word("ow"));
        assert!(!Language::En.is_small_word("invoice"));
        assert!(!Language::Other.is_small_word("how"));
        assert!(Language::Ar.is_small_word("كيف"));
        for language in ["en", "de", "fr", "es", "pt", "it", "nl", "ar"] {
            for word in Language::of(language).small_words().split_whitespace() {
                let mut read = Vec::new();
                super::super::words::words(word, &mut |folded, _| {
                    read.push(folded.to_owned());
                    true
                });
                assert_eq!(read, [word], "{language}");
            }
        }
    }

    #[test]
    fn tags_have_a_base() {
        assert_eq!(base(" pt-BR"), "pt");
        assert_eq!(base("EN_us"), "en");
        assert_eq!(base("日本"), "");
    }
}
