//! Reads routes and queues.

use crate::{
    routing::{Day, Hours, Opening, QueueRule, RouteRule, Routing, day_number, minute_of_day},
    rules::{json::Json, reading::Reading},
};

/// Minutes of a target at most: a year.
const LONGEST_TARGET: f64 = 525_600.0;

impl Reading<'_> {
    /// Unless shipped routes follow, the last one must take whatever comes.
    pub(super) fn routing(&mut self, json: &Json, extends: bool) -> Routing {
        let mut routing = Routing::default();
        self.object(
            json,
            &["routes!", "alternatives", "queues"],
            &mut |it, name, value| match name {
                "routes" => {
                    routing.routes = it.routes(value);
                    let ends = routing.routes.last().is_some_and(|route| route.when.is_always());
                    if !ends && !extends {
                        it.wrong(value.at, "the last route must have no condition");
                    }
                }
                "alternatives" => routing.alternatives = it.routes(value),
                _ => it.list(value, |it, entry| {
                    let queue = it.queue(entry);
                    if routing.queues.iter().any(|other| other.queue == queue.queue) {
                        it.wrong(entry.at, "the queue stands twice");
                    }
                    routing.queues.push(queue);
                }),
            },
        );
        routing
    }

    fn routes(&mut self, json: &Json) -> Vec<RouteRule> {
        let mut routes: Vec<RouteRule> = Vec::new();
        self.list(json, |it, entry| {
            let route = it.route(entry);
            if routes.iter().any(|other| other.id == route.id) && !route.id.is_empty() {
                it.wrong(entry.at, &["another route has the id ", &route.id].concat());
            }
            routes.push(route);
        });
        routes
    }

    fn route(&mut self, json: &Json) -> RouteRule {
        let mut route = RouteRule::default();
        let names = [
            "id!",
            "when",
            "queue!",
            "reason!",
            "skill",
            "never",
            "priority",
            "language",
            "sla_minutes",
        ];
        self.object(json, &names, &mut |it, name, value| match name {
            "id" => route.id = it.id(value),
            "when" => route.when = it.condition(value, 0),
            "queue" => route.queue = it.id(value),
            "reason" => route.reason = it.text(value),
            "skill" => route.skill = Some(it.text(value)),
            "never" => route.never = it.texts(value, 1),
            "priority" => route.priority = it.lift(value),
            "language" => route.language = Some(it.text(value)),
            _ => route.sla_minutes = Some(it.whole(value, 1.0, LONGEST_TARGET) as u32),
        });
        if route.never.contains(&route.queue) {
            self.wrong(json.at, "the queue is among those that never get it");
        }
        route
    }

    fn queue(&mut self, json: &Json) -> QueueRule {
        let mut queue = QueueRule::default();
        let names = ["queue!", "languages", "hours", "instead"];
        self.object(json, &names, &mut |it, name, value| match name {
            "queue" => queue.queue = it.id(value),
            "languages" => queue.languages = it.texts(value, 1),
            "hours" => queue.hours = Some(it.hours(value)),
            _ => queue.instead = it.texts(value, 1),
        });
        queue
    }

    fn hours(&mut self, json: &Json) -> Hours {
        let mut hours = Hours::default();
        let names = ["utc_offset_minutes!", "open!", "closed_on"];
        self.object(json, &names, &mut |it, name, value| match name {
            "utc_offset_minutes" => {
                hours.utc_offset_minutes = it.whole(value, -840.0, 840.0) as i32;
            }
            "open" => it.list(value, |it, entry| {
                let opening = it.opening(entry);
                hours.open.push(opening);
            }),
            _ => it.list(value, |it, entry| {
                let day = day_number(&it.text(entry));
                if day.is_none() {
                    it.wrong(entry.at, "is no day, YYYY-MM-DD");
                }
                hours.closed_on.extend(day);
            }),
        });
        hours
    }

    fn opening(&mut self, json: &Json) -> Opening {
        let mut opening = Opening { days: Vec::new(), from: 0, to: 0 };
        self.object(json, &["days!", "from!", "to!"], &mut |it, name, value| match name {
            "days" => it.list(value, |it, entry| {
                opening.days.extend(it.one_of(entry, &Day::NAMED));
            }),
            _ => {
                let minute = minute_of_day(&it.text(value));
                if minute.is_none() {
                    it.wrong(value.at, "is no time, HH:MM");
                }
                let minute = minute.unwrap_or(0);
                if name == "from" { opening.from = minute } else { opening.to = minute }
            }
        });
        opening
    }
}
