//! The closed vocabularies of major version 1: intents, urgency, customer
//! states, topics and the default queues.

/// A closed set of labels as an enum: text on the wire, ordered as listed.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $variant:ident => $label:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$item_doc])* #[cfg_attr(feature = "schema", schemars(rename = $label))] $variant,)*
        }

        // By hand, as text: the derived code is ten times as large.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let label = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&label).ok_or_else(|| {
                    serde::de::Error::custom(concat!("not a known ", stringify!($name)))
                })
            }
        }

        impl $name {
            /// Every value, in the order of definition.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The label used on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }

            /// The value with this label.
            #[must_use]
            pub fn parse(label: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == label)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use vocabulary;

vocabulary! {
    /// What a message is about. Listed by precedence: where two fit, the
    /// earlier one wins, because it must not be missed.
    Intent {
        /// Account taken over, others' data visible, leaked key, abuse report.
        Security => "security",
        /// Personal data, compliance papers, lawyers, regulators.
        PrivacyLegal => "privacy_legal",
        /// Money back, or a charge already taken is disputed.
        Refund => "refund",
        /// Cannot get in.
        Access => "access",
        /// Stop the subscription, close the account, leaving.
        Cancel => "cancel",
        /// The service or a main part of it is down or very slow.
        Outage => "outage",
        /// Invoice, tax, price, payment method.
        Billing => "billing",
        /// API, webhook, SDK, embed, sync with another product.
        Integration => "integration",
        /// One feature errs, shows wrong data, loses data, crashes.
        Bug => "bug",
        /// Change e-mail, owner, role, seats, plan level.
        AccountChange => "account_change",
        /// Asks for something that does not exist.
        FeatureRequest => "feature_request",
        /// Asks how, where, whether; nothing is broken.
        HowTo => "how_to",
        /// Praise, or a complaint with nothing asked for.
        Feedback => "feedback",
        /// Greeting, thanks, spam, unreadable, a bare request for a person.
        Other => "other",
    }
}

vocabulary! {
    /// How soon it hurts. Ordered: `Low < Normal < High < Critical`.
    Urgency {
        /// Idea, praise, curiosity, "no rush".
        Low => "low",
        /// Something is wrong or needed; work goes on.
        Normal => "normal",
        /// This person is blocked, or a charge is disputed.
        High => "high",
        /// Attack, data loss, or a whole team stopped.
        Critical => "critical",
    }
}

vocabulary! {
    /// How the customer is doing.
    CustomerState {
        /// All else, praise too.
        Neutral => "neutral",
        /// Worried, pleading, afraid of a loss.
        Anxious => "anxious",
        /// Hostile, sarcastic, blaming, threatening.
        Angry => "angry",
        /// Says or clearly implies leaving.
        ChurnRisk => "churn_risk",
    }
}

vocabulary! {
    /// Sensitive subjects, independent of the intent; several may hold.
    Topic {
        /// Security of accounts or data.
        Security => "security",
        /// Contracts, lawyers, regulators, liability.
        Legal => "legal",
        /// Personal data.
        Privacy => "privacy",
        /// A waiver, goodwill, something outside the terms.
        BillingException => "billing_exception",
        /// Who may have access is contested.
        AccessDispute => "access_dispute",
        /// Leaving, or a rival.
        Churn => "churn",
        /// Data is lost or may be.
        DataLoss => "data_loss",
        /// The service is down.
        Outage => "outage",
    }
}

vocabulary! {
    /// The default queues. A route may also name a queue of the embedder's own,
    /// therefore [`crate::Route::queue`] is a string.
    Queue {
        /// General support.
        Support => "support",
        /// Invoices, payments, refunds, exceptions.
        Billing => "billing",
        /// Bugs, outages, integrations.
        Technical => "technical",
        /// Incidents and vulnerability reports.
        Security => "security",
        /// Data subject requests, contracts, lawyers.
        PrivacyLegal => "privacy-legal",
        /// Churn risk and high-value accounts.
        CustomerSuccess => "customer-success",
        /// Plans and purchases.
        Sales => "sales",
    }
}
