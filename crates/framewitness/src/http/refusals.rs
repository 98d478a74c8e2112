//! The answers that every address can give beside its own: said once, for all of them.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};

use super::guard;

/// Says of every operation how it refuses what the routes never see: guards, gates, and what cannot be read.
pub(super) fn describe(description: &mut OpenApi) {
    for (path, item) in &mut description.paths.paths {
        let read = item.get.iter_mut().map(|operation| (operation, false));
        let sent = item.post.iter_mut().chain(&mut item.delete);
        let sent = sent.map(|operation| (operation, true));
        for (operation, changes) in read.chain(sent) {
            refuses(
                operation,
                "403",
                "asked for by another site or under a name that is not the server's",
            );
            refuses(
                operation,
                "500",
                "a fault of the server, or kept bytes that are not what they were",
            );
            refuses(
                operation,
                "503",
                "too much is asked for at once, or the answer took too long",
            );
            if path != guard::SESSION {
                refuses(operation, "401", "this browser is not known to the server");
            }
            parameters(operation);
            if changes {
                refuses(operation, "404", "something that it names is not there");
                refuses(operation, "409", "it contradicts what the record holds");
                refuses(
                    operation,
                    "422",
                    "it makes no sense, or the record refuses it",
                );
            }
            if operation.request_body.is_some() {
                refuses(operation, "400", "the body cannot be read");
                refuses(operation, "413", "the body is too long");
                refuses(operation, "415", "the body is of another type");
            }
        }
    }
}

fn parameters(operation: &mut Operation) {
    let given = operation.parameters.clone().unwrap_or_default();
    let any = |place: &ParameterIn| {
        given
            .iter()
            .any(|one| matches!(one, RefOr::T(one) if one.parameter_in == *place))
    };
    if any(&ParameterIn::Query) {
        refuses(operation, "400", "a parameter cannot be read");
        refuses(operation, "422", "a parameter makes no sense");
    }
    if any(&ParameterIn::Path) {
        refuses(operation, "404", "there is no such thing");
    }
}

/// Adds an answer, unless the route describes it in words of its own.
pub(super) fn refuses(operation: &mut Operation, status: &str, why: &str) {
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new()
        .description(why)
        .content("application/json", problem.build());
    let responses = &mut operation.responses.responses;
    responses
        .entry(status.to_owned())
        .or_insert_with(|| RefOr::T(response.build()));
}
