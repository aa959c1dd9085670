extension Route {
    /// The whole API. A fixed part of a path stands before a variable one at the same place.
    package static let all: [Route] =
        [
            index, health, ready, openAPI,
            query, queryByAddress, listQueries, askSavedQuery,
            listRecords, createRecord, batchOfObject, readRecord, updateRecord, replaceRecord, deleteRecord, history, undelete,
            batch,
            listObjects, readObject, listFunctions,
            revenue, leads, winRate, pipeline, recentActivities,
            dashboard,
            smartBriefing,
            listSimulations, createSimulation, previewSimulation, readSimulation, startSimulation, pauseSimulation,
            resumeSimulation,
            cancelSimulation, setSimulationSpeed, simulationPlan, simulationEvents, simulationDead, replaySimulation,
        ] + jobs
}
