import HTTPTypes
import Hummingbird
import NIOCore
import Values

extension Route {
    static let index = Route(
        .get, "/", "index", "Lists what there is; as a page where the caller prefers one", gives: .ok(.named("Index"))
    ) { call in
        call.request.headers[.accept]?.contains("text/html") ?? false ? .html(Index.page) : .json(Index.json)
    }
}

/// The way in for whoever meets the server first.
private enum Index {
    static let json: JSON = [
        "name": "Martlet",
        "routes": .array(
            Route.all.map { ["method": .string($0.method.rawValue), "path": .string($0.path), "summary": .string($0.summary)] }),
    ]

    static let page = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Martlet</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:3rem auto;padding:0 1rem}td{padding:.15rem 1rem .15rem 0}
        td:first-child{font-weight:600}code{font-size:.95em}</style>
        <h1>Martlet</h1><p>A CRM engine. This is its API; <a href="/api/openapi.json">openapi.json</a> describes it in full.</p>
        <table>\(Route.all.map(row).joined(separator: "\n"))</table></html>
        """

    private static func row(_ route: Route) -> String {
        let isLink = route.method == .get && !route.path.contains("{")
        let path = isLink ? "<a href=\"\(route.path)\">\(route.path)</a>" : route.path
        return "<tr><td>\(route.method.rawValue)<td><code>\(path)</code><td>\(route.summary)"
    }
}

extension Response {
    fileprivate static func html(_ page: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }
}
