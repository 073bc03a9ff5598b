//! Who should take the case, and how soon: routes as data, in the rules file.

mod hours;

use baton_packet::{AlternativeRoute, Priority, Queue, Route, Triage, Urgency};

pub use hours::{Day, Hours, Opening};
pub(crate) use hours::{day_number, minute_of_day};

use serde::Serialize;

use crate::{
    Context,
    rules::{Case, Condition, Lift, Rules, lifted},
};

/// Most alternatives a route names.
const MOST_ALTERNATIVES: usize = 3;

/// Routes, and what is known of the queues.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Routing {
    /// By precedence: the first that fits names the queue, others that fit are
    /// alternatives. The last one has no condition.
    pub routes: Vec<RouteRule>,
    /// Further queues to name where they fit.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub alternatives: Vec<RouteRule>,
    /// Hours and languages. A queue that is not listed is always open and speaks
    /// every language.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub queues: Vec<QueueRule>,
}

/// One route.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RouteRule {
    /// Stable id, lower case with underscores.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// When it fits. Without it, always.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Condition,
    /// The queue: one of the default ones, or the embedder's own.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_.-]{1,64}$")))]
    pub queue: String,
    /// Why, in plain words.
    pub reason: String,
    /// What whoever takes it should know well.
    pub skill: Option<String>,
    /// Queues that never get it, not even while the right one is closed.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub never: Vec<String>,
    /// What it does to the priority. Here and in `sla_minutes`, a route that goes
    /// by plan, segment, role or account value counts only for a customer whose
    /// identity is proven.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::rules::schema::Lift>"))]
    pub priority: Option<Lift>,
    /// Language the human should speak, where it is not the customer's.
    pub language: Option<String>,
    /// Target for the first response, in minutes.
    pub sla_minutes: Option<u32>,
}

/// When a queue takes cases, and in which languages.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct QueueRule {
    /// The queue.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_.-]{1,64}$")))]
    pub queue: String,
    /// First parts of the tags of the languages it speaks; none are all.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub languages: Vec<String>,
    /// When it is open; without it, always.
    pub hours: Option<Hours>,
    /// Who takes its cases while it is closed, or where it does not speak the
    /// language: the first that may, is open and does.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub instead: Vec<String>,
}

/// Names the queue, the priority and the promised time, by the shipped rules.
#[must_use]
pub fn route(triage: &Triage, context: &Context<'_>) -> Route {
    Rules::shipped().route(triage, context)
}

impl Rules {
    /// Names the queue, the priority and the promised time.
    #[must_use]
    pub fn route(&self, triage: &Triage, context: &Context<'_>) -> Route {
        let case = Case { triage, context };
        let routing = &self.routing;
        let mut fitting = routing.routes.iter().filter(|route| route.when.holds(case));
        let nowhere = RouteRule { queue: Queue::Support.as_str().to_owned(), ..Default::default() };
        let right = fitting.next().unwrap_or(&nowhere);
        let spoken = right.language.as_deref().unwrap_or_else(|| context.spoken(triage));
        let proven = context.proven();
        let counts = proven.is_some() || !right.when.goes_by_claims();

        let refusal = routing.refusal(&right.queue, spoken, context);
        let taker = match refusal {
            Some(_) => routing.instead(right, spoken, context).unwrap_or(&right.queue),
            None => &right.queue,
        };
        let mut reason = right.reason.clone();
        let mut found: Vec<(&str, &str)> = Vec::new();
        if let Some(refusal) = refusal {
            reason.extend(["; ", &right.queue, " ", refusal]);
            reason.push_str(if taker == right.queue {
                ", and nobody else may take it"
            } else {
                ""
            });
            if taker != right.queue {
                found.push((&right.queue, refusal));
            }
        }
        // A fall-back fits everything and says nothing.
        let others = fitting.filter(|route| !route.when.is_always());
        let named = routing.alternatives.iter().filter(|route| route.when.holds(case));
        for other in others.chain(named) {
            let known =
                taker == other.queue || found.iter().any(|(queue, _)| *queue == other.queue);
            if !known && found.len() < MOST_ALTERNATIVES && !right.never.contains(&other.queue) {
                found.push((&other.queue, &other.reason));
            }
        }

        let lifts = self.lifts(case).chain(right.priority.filter(|_| counts));
        let promised = proven
            .and_then(|customer| customer.entitlement.as_ref())
            .and_then(|entitlement| entitlement.first_response_minutes);
        let target = right.sla_minutes.filter(|_| counts);
        Route {
            queue: taker.to_owned(),
            priority: lifted(usual(triage.urgency), lifts),
            language: spoken.to_owned(),
            // What was promised holds; a target may be shorter.
            sla_minutes: promised.into_iter().chain(target).min(),
            skill: right.skill.clone(),
            reason,
            alternatives: found
                .into_iter()
                .map(|(queue, reason)| AlternativeRoute {
                    queue: queue.to_owned(),
                    reason: reason.to_owned(),
                })
                .collect(),
            extra: Default::default(),
        }
    }
}

/// Whether somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Opens {
    /// Whether the queue is open now.
    pub now: bool,
    /// When it opens next, in milliseconds since 1970 UTC, if that is within two
    /// weeks; only of a queue that is closed.
    pub at_ms: Option<f64>,
}

impl Routing {
    /// Whether this queue is open at this time, in milliseconds since 1970 UTC;
    /// `None` of a queue whose hours nobody has written down.
    #[must_use]
    pub fn opens(&self, queue: &str, now_ms: f64) -> Option<Opens> {
        let known = self.queues.iter().find(|known| known.queue == queue)?;
        let hours = known.hours.as_ref()?;
        let now = hours.are_open(now_ms);
        Some(Opens { now, at_ms: if now { None } else { hours.open_next(now_ms) } })
    }

    /// Why this queue does not take a case now.
    fn refusal(&self, queue: &str, spoken: &str, context: &Context<'_>) -> Option<&'static str> {
        let known = self.queues.iter().find(|known| known.queue == queue)?;
        let speaks = known.languages.is_empty()
            || spoken == crate::language::UNDETERMINED
            || known.languages.iter().any(|language| language == spoken);
        let open = match (&known.hours, context.now_ms) {
            (Some(hours), Some(now)) => hours.are_open(now),
            _ => true,
        };
        match (open, speaks) {
            (false, _) => Some("is closed now"),
            (true, false) => Some("does not speak the language"),
            (true, true) => None,
        }
    }

    /// Who takes it while the right queue does not.
    fn instead(&self, right: &RouteRule, spoken: &str, context: &Context<'_>) -> Option<&str> {
        let known = self.queues.iter().find(|known| known.queue == right.queue)?;
        let may = |queue: &&String| {
            !right.never.contains(queue) && self.refusal(queue, spoken, context).is_none()
        };
        known.instead.iter().find(may).map(String::as_str)
    }
}

/// The priority that follows from the urgency.
fn usual(urgency: Urgency) -> Priority {
    match urgency {
        Urgency::Low => Priority::Low,
        Urgency::Normal => Priority::Normal,
        Urgency::High => Priority::High,
        Urgency::Critical => Priority::Urgent,
    }
}
