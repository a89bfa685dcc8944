using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>How rosters that were handed in and taken in are stored.</summary>
internal sealed class RosterMapping : IEntityTypeConfiguration<RosterUpload>, IEntityTypeConfiguration<RosterImport>
{
    public const string UploadTable = "people_roster_upload";
    public const string ImportTable = "people_roster_import";

    public void Configure(EntityTypeBuilder<RosterUpload> builder)
    {
        builder.ToTable(UploadTable);
        builder.HasKey(u => u.Id);
        builder.Property(u => u.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<RosterImport> builder)
    {
        builder.ToTable(ImportTable);
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasIndex(i => new { i.At, i.Id });
        builder.OwnsOne(i => i.Counts);
        builder.Navigation(i => i.Counts).IsRequired();
    }
}
