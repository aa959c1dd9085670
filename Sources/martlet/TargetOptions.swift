import ArgumentParser
import Curl
import Foundation
import Simulation

/// The outside tools that get simulations' records.
struct TargetOptions: ParsableArguments {
    @Option(Settings.hubSpotURL) var hubspotURL: String?
    @Option(Settings.hubSpotTokenFile) var hubspotTokenFile: String?

    /// Those that are set up: HubSpot is where there is a token.
    func targets(_ environment: Environment) throws(Failure) -> [any Target] {
        let url = try environment.value(Settings.hubSpotURL, hubspotURL, or: HubSpot.url)
        guard let token = try token(environment) else { return [] }
        return [HubSpot(url: url, token: token, client: Client())]
    }

    /// The variable goes before the file, so that a single command can use another token.
    private func token(_ environment: Environment) throws(Failure) -> Key? {
        if let text = environment.variables[Settings.hubSpotToken.variable], !text.isEmpty { return Key(text) }
        guard let path = try environment.value(Settings.hubSpotTokenFile, hubspotTokenFile) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.unavailable, "The token file \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return Key(String(decoding: data, as: UTF8.self))
    }
}
